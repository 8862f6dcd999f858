//! What a learner, or fate, does in the model of the store.

use cutscore::base::StudyDay;
use cutscore::deck::{Answer, ChoiceSet, Placement};
use cutscore::exam::{Confidence, Ending, Mark, RealResult};
use cutscore::review::{Evidence, Grade};
use proptest::prelude::*;

/// Something that a learner, or fate, does. Numbers that choose among things wrap around.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Start { n_items: usize },
    Show { sitting: usize, position: usize },
    Mark { sitting: usize, position: usize, mark: Mark },
    Note { sitting: usize, position: usize, note: String },
    Check { sitting: usize, position: usize },
    BecomePractice { sitting: usize },
    Resume { sitting: usize },
    End { sitting: usize, ending: Ending },
    Review { number: usize, grade: Grade },
    Undo,
    UndoAny { said: usize },
    Redo,
    Say { number: usize, what: What },
    AddResult { days_ago: i32, score: Option<u16>, level: bool },
    RemoveResult { chosen: usize },
    Doubt { number: usize, reason: String },
    WithdrawDoubt { number: usize },
    SetRollover { hour: u8 },
    OpenReserve,
    Sleep,
    Checkpoint,
    Reopen,
    Kill,
    Rebuild,
}

fn mark() -> impl Strategy<Value = Mark> {
    let confidences = [Confidence::Unstated, Confidence::Sure, Confidence::Unsure, Confidence::Guess];
    let option = prop::option::of(0_usize..4);
    let answer = prop_oneof![
        2 => (0_u32..16).prop_map(|bits| ChoiceSet::from_bits(bits).into()),
        1 => prop::collection::vec(option, 0..4).prop_map(|slots| slots.into_iter().collect::<Placement>().into()),
        1 => "[a ]{0,3}".prop_map(|text| Answer::typed(&text)),
    ];
    (answer, 0_u32..16, any::<bool>(), prop::sample::select(confidences.to_vec())).prop_map(
        |(answer, struck, is_flagged, confidence)| Mark {
            answer,
            struck: ChoiceSet::from_bits(struck),
            is_flagged,
            confidence,
        },
    )
}

/// A step about one of `n_items` items.
pub(super) fn step(n_items: usize) -> impl Strategy<Value = Step> {
    let number = move || 0..n_items;
    let endings = vec![Ending::Submitted, Ending::TimeUp, Ending::Unattended, Ending::Abandoned];
    let grade = (0_u8..6).prop_map(|number| Grade::from_number(number).expect("0 to 5"));
    prop_oneof![
        3 => (1_usize..6).prop_map(|n_items| Step::Start { n_items }),
        6 => (0_usize..9, 0_usize..9).prop_map(|(sitting, position)| Step::Show { sitting, position }),
        6 => (0_usize..9, 0_usize..9, mark()).prop_map(|(sitting, position, mark)| Step::Mark { sitting, position, mark }),
        2 => (0_usize..9, 0_usize..9, "[a-z ]{0,6}")
            .prop_map(|(sitting, position, note)| Step::Note { sitting, position, note }),
        2 => (0_usize..9, 0_usize..9).prop_map(|(sitting, position)| Step::Check { sitting, position }),
        1 => (0_usize..9).prop_map(|sitting| Step::BecomePractice { sitting }),
        2 => (0_usize..9).prop_map(|sitting| Step::Resume { sitting }),
        2 => (0_usize..9, prop::sample::select(endings)).prop_map(|(sitting, ending)| Step::End { sitting, ending }),
        8 => (number(), grade).prop_map(|(number, grade)| Step::Review { number, grade }),
        5 => Just(Step::Undo),
        2 => any::<usize>().prop_map(|said| Step::UndoAny { said }),
        4 => Just(Step::Redo),
        3 => number().prop_map(|number| Step::Say { number, what: What::Sending }),
        2 => number().prop_map(|number| Step::Say { number, what: What::Suspension }),
        2 => number().prop_map(|number| Step::Say { number, what: What::Unsuspension }),
        2 => number().prop_map(|number| Step::Say { number, what: What::Burial }),
        2 => (number(), "[a-z]{0,6}").prop_map(|(number, note)| Step::Say { number, what: What::Note(note) }),
        2 => (0_i32..400, prop::option::of(100_u16..1_000), any::<bool>())
            .prop_map(|(days_ago, score, level)| Step::AddResult { days_ago, score, level }),
        1 => any::<usize>().prop_map(|chosen| Step::RemoveResult { chosen }),
        2 => (number(), "[a-z ]{0,9}").prop_map(|(number, reason)| Step::Doubt { number, reason }),
        1 => number().prop_map(|number| Step::WithdrawDoubt { number }),
        1 => (0_u8..24).prop_map(|hour| Step::SetRollover { hour }),
        1 => Just(Step::OpenReserve),
        2 => Just(Step::Sleep),
        1 => Just(Step::Checkpoint),
        1 => Just(Step::Reopen),
        1 => Just(Step::Kill),
        1 => Just(Step::Rebuild),
    ]
}

/// What is said.
#[derive(Debug, Clone)]
pub(super) enum What {
    Answer { is_right: bool, evidence: Option<Evidence> },
    Sending,
    Suspension,
    Unsuspension,
    Burial,
    Note(String),
    Result(RealResult),
    Removal(StudyDay),
}

impl What {
    pub(super) fn evidence(&self) -> Option<Evidence> {
        match self {
            What::Answer { evidence, .. } => *evidence,
            What::Sending => Some(Evidence::Sent),
            What::Suspension
            | What::Unsuspension
            | What::Burial
            | What::Note(_)
            | What::Result(_)
            | What::Removal(_) => None,
        }
    }
}
