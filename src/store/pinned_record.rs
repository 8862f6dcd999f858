//! Scales and starts of sittings as rows: what is pinned for ever.
//!
//! The second version of both kinds is the first with a row behind it that holds what came with programmes of other kinds;
//! without that row, everything in it has the value that it had for all sittings before. The third version of a start has
//! the conditions of the sitting behind that, and the fourth the types of its items, where there are others than multiple
//! choice and multiple response.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::base::{ConceptId, ContentHash, DeckId, DomainId, ItemId, Seed, Share};
use crate::deck::{CreditRule, Decision, ItemKind, Level, Levels, Scale, TotalRule, Weight};
use crate::exam::{FormItem, ItemRole};
use crate::score::{CurveGroup, CurveModel, DifficultySource, ItemCurve, Reference, ReferenceDomain, ReferenceParts};
use crate::store::conditions::ConditionsRow;
use crate::store::kind_row::KindRow;
use crate::store::record::{AnchorRow, millis, sitting_kind_from_number, sitting_kind_number, words};
use crate::store::{PinnedDomain, PinnedItem, SittingStart};

/// Steps of the groups of a reference, by domain: those of the form and those of the bank.
#[derive(Default, Serialize, Deserialize)]
pub(in crate::store) struct StepsRow(Vec<(Vec<u8>, Vec<u8>)>);

impl From<&ReferenceParts> for StepsRow {
    fn from(parts: &ReferenceParts) -> StepsRow {
        let steps = |groups: &[CurveGroup]| groups.iter().map(|group| group.curve.n_steps()).collect();
        StepsRow(parts.domains.iter().map(|domain| (steps(&domain.form), steps(&domain.bank))).collect())
    }
}

/// What a sitting pins of the programme's rules beyond the first version.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct ProgrammeRow {
    /// 0: as the first version has it.
    scale: u8,
    total_decides: bool,
    minimums: Vec<(usize, f64)>,
    credit_per_choice: bool,
    /// The upper end of each domain's weight; the first version has the lower one.
    range_ends: Vec<f64>,
}

const UNNAMED: u8 = 0;
const NAMED_PERCENT: u8 = 1;
const NAMED_POINTS: u8 = 2;

impl Default for ProgrammeRow {
    /// What held for all sittings of the first version.
    fn default() -> ProgrammeRow {
        ProgrammeRow {
            scale: UNNAMED,
            total_decides: true,
            minimums: Vec::new(),
            credit_per_choice: false,
            range_ends: Vec::new(),
        }
    }
}

impl From<&SittingStart> for ProgrammeRow {
    fn from(start: &SittingStart) -> ProgrammeRow {
        let minimums = start.decision.minimums().iter();
        ProgrammeRow {
            scale: match start.scale {
                Some(Scale::Fixed(_)) | None => UNNAMED,
                Some(Scale::Percent) => NAMED_PERCENT,
                Some(Scale::Points) => NAMED_POINTS,
            },
            total_decides: start.decision.total() == TotalRule::Decides,
            minimums: minimums.map(|(domain_idx, minimum)| (*domain_idx, minimum.value())).collect(),
            credit_per_choice: start.credit == CreditRule::PerChoice,
            range_ends: start.domains.iter().map(|domain| domain.weight.high()).collect(),
        }
    }
}

impl ProgrammeRow {
    fn decision(&self) -> Result<Decision, String> {
        let total = if self.total_decides { TotalRule::Decides } else { TotalRule::DecidesNothing };
        let minimum = |(domain_idx, minimum): &(usize, f64)| Ok((*domain_idx, Share::new(*minimum).map_err(words)?));
        let minimums = self.minimums.iter().map(minimum).collect::<Result<BTreeMap<_, _>, String>>()?;
        Decision::new(total, minimums).map_err(words)
    }
}

/// Difficulty, chance, variance, and whether the difficulty is assumed.
pub(in crate::store) type CurveRow = (f64, f64, f64, bool);

pub(in crate::store) fn curve_row(curve: &ItemCurve) -> CurveRow {
    (curve.difficulty(), curve.chance(), curve.variance(), curve.source() == DifficultySource::Assumed)
}

pub(in crate::store) fn read_curve((difficulty, chance, variance, is_assumed): CurveRow) -> Result<ItemCurve, String> {
    let source = if is_assumed { DifficultySource::Assumed } else { DifficultySource::Stated };
    ItemCurve::new(difficulty, chance, variance, source).map_err(words)
}

type GroupRows = Vec<(CurveRow, usize)>;

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct ReferenceRow {
    model: u8,
    domains: Vec<(f64, GroupRows, GroupRows)>,
    n_items: usize,
    theta_cut: f64,
    cut_share: f64,
}

impl From<&ReferenceParts> for ReferenceRow {
    fn from(parts: &ReferenceParts) -> ReferenceRow {
        let groups = |groups: &[CurveGroup]| -> GroupRows {
            groups.iter().map(|group| (curve_row(&group.curve), group.n_items)).collect()
        };
        ReferenceRow {
            model: match parts.model {
                CurveModel::Full => 0,
                CurveModel::ChanceIgnored => 1,
                CurveModel::NoCurves => 2,
            },
            domains: parts
                .domains
                .iter()
                .map(|domain| (domain.weight, groups(&domain.form), groups(&domain.bank)))
                .collect(),
            n_items: parts.n_items,
            theta_cut: parts.theta_cut,
            cut_share: parts.cut_share,
        }
    }
}

impl ReferenceRow {
    pub(in crate::store) fn into_reference(self, steps: StepsRow) -> Result<Reference, String> {
        // What the first version does not tell is one step.
        let mut steps = steps.0.into_iter().flat_map(|(form, bank)| [form, bank]);
        let mut groups = |rows: GroupRows| -> Result<Vec<CurveGroup>, String> {
            let steps = steps.next().unwrap_or_default().into_iter().chain(std::iter::repeat(1));
            let group = |((curve, n_items), n_steps): ((CurveRow, usize), u8)| {
                Ok(CurveGroup { curve: read_curve(curve)?.in_steps(n_steps), n_items })
            };
            rows.into_iter().zip(steps).map(group).collect()
        };
        let models = [CurveModel::Full, CurveModel::ChanceIgnored, CurveModel::NoCurves];
        let model = models.get(usize::from(self.model)).copied().ok_or("unknown curve model")?;
        let domain = |(weight, form, bank)| -> Result<ReferenceDomain, String> {
            Ok(ReferenceDomain { weight, form: groups(form)?, bank: groups(bank)? })
        };
        let domains = self.domains.into_iter().map(domain).collect::<Result<_, _>>()?;
        let (n_items, theta_cut, cut_share) = (self.n_items, self.theta_cut, self.cut_share);
        Reference::from_parts(ReferenceParts { model, domains, n_items, theta_cut, cut_share }).map_err(words)
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct StartRow {
    deck: String,
    revision: [u8; 16],
    kind: u8,
    generator: String,
    seed: u64,
    limit_ms: Option<u64>,
    scale: Option<(u32, u32, u32)>,
    levels: Vec<(String, f64)>,
    title: String,
    domains: Vec<(String, String, f64)>,
    anchor: AnchorRow,
    items: Vec<PinnedRow>,
}

#[derive(Serialize, Deserialize)]
struct PinnedRow {
    item: String,
    concept: String,
    content: [u8; 16],
    domain: usize,
    n_choices: u8,
    n_keys: u8,
    is_scored: bool,
    choice_order: Vec<u8>,
    curve: CurveRow,
    is_fresh: bool,
}

/// Positions of items that are neither multiple choice nor multiple response, and their types.
pub(in crate::store) type TypeRows = Vec<(usize, KindRow)>;

pub(in crate::store) fn type_rows(start: &SittingStart) -> TypeRows {
    let kinds = start.items.iter().map(|item| item.form_item.kind).enumerate();
    let others = kinds.filter(|(_, kind)| match kind {
        ItemKind::MultipleChoice { .. } | ItemKind::MultipleResponse { .. } => false,
        ItemKind::Arrangement { .. } | ItemKind::TypedAnswer | ItemKind::Flashcard => true,
    });
    others.map(|(position, kind)| (position, kind.into())).collect()
}

impl From<&SittingStart> for StartRow {
    fn from(start: &SittingStart) -> StartRow {
        StartRow {
            deck: start.deck.as_str().to_owned(),
            revision: *start.revision.as_bytes(),
            kind: sitting_kind_number(start.kind),
            generator: crate::base::GENERATOR.to_owned(),
            seed: start.seed.0,
            limit_ms: start.limit.map(millis),
            scale: match start.scale {
                Some(Scale::Fixed(scale)) => Some((scale.min(), scale.cut(), scale.max())),
                Some(Scale::Percent | Scale::Points) | None => None,
            },
            levels: start.levels.all().iter().map(|level| (level.label.clone(), level.from.value())).collect(),
            title: start.title.clone(),
            domains: start
                .domains
                .iter()
                .map(|domain| (domain.id.as_str().to_owned(), domain.title.clone(), domain.weight.low()))
                .collect(),
            anchor: start.anchor.into(),
            items: start.items.iter().map(PinnedRow::from).collect(),
        }
    }
}

impl StartRow {
    pub(in crate::store) fn into_start(
        self,
        programme: ProgrammeRow,
        conditions: ConditionsRow,
        types: &[(usize, KindRow)],
    ) -> Result<SittingStart, String> {
        let level = |(label, from)| Ok(Level { label, from: Share::new(from).map_err(words)? });
        let levels = self.levels.into_iter().map(level).collect::<Result<Vec<_>, String>>()?;
        let ends = programme.range_ends.iter().copied().chain(std::iter::repeat(f64::NEG_INFINITY));
        let domain = |((id, title, low), high): ((String, String, f64), f64)| {
            let weight = if low < high { Weight::range(low, high).map_err(words)? } else { Weight::exact(low) };
            Ok(PinnedDomain { id: DomainId::new(&id).map_err(words)?, title, weight })
        };
        let scale = match (programme.scale, self.scale) {
            (NAMED_PERCENT, _) => Some(Scale::Percent),
            (NAMED_POINTS, _) => Some(Scale::Points),
            (_, Some((min, cut, max))) => Some(Scale::new(min, cut, max).map_err(words)?),
            (_, None) => None,
        };
        let credit = if programme.credit_per_choice { CreditRule::PerChoice } else { CreditRule::AllOrNothing };
        let decision = programme.decision()?;
        Ok(SittingStart {
            deck: DeckId::new(&self.deck).map_err(words)?,
            revision: ContentHash::from_bytes(self.revision),
            kind: sitting_kind_from_number(self.kind).ok_or("unknown kind of sitting")?,
            seed: Seed(self.seed),
            limit: self.limit_ms.map(Duration::from_millis),
            extra_time: conditions.extra_time(),
            sections: conditions.into_sections(),
            scale,
            decision,
            credit,
            levels: Levels::new(levels).map_err(words)?,
            title: self.title,
            domains: self.domains.into_iter().zip(ends).map(domain).collect::<Result<_, String>>()?,
            anchor: self.anchor.into_anchor()?,
            items: self
                .items
                .into_iter()
                .enumerate()
                .map(|(position, row)| {
                    let own = types.iter().find(|(at, _)| *at == position);
                    row.into_pinned(own.map(|(_, kind)| (*kind).into()), credit)
                })
                .collect::<Result<_, _>>()?,
        })
    }
}

impl From<&PinnedItem> for PinnedRow {
    fn from(pinned: &PinnedItem) -> PinnedRow {
        let item = &pinned.form_item;
        let (n_choices, n_keys) = match item.kind {
            ItemKind::MultipleChoice { n_choices } => (n_choices, 1),
            ItemKind::MultipleResponse { n_choices, n_keys } => (n_choices, n_keys),
            // Their types stand behind the rows.
            ItemKind::Arrangement { .. } | ItemKind::TypedAnswer | ItemKind::Flashcard => (0, 0),
        };
        PinnedRow {
            item: item.item.as_str().to_owned(),
            concept: pinned.concept.as_str().to_owned(),
            content: *item.content.as_bytes(),
            domain: item.domain_idx,
            n_choices,
            n_keys,
            is_scored: item.role == ItemRole::Scored,
            choice_order: item.choice_order.iter().map(|idx| u8::try_from(*idx).unwrap_or(u8::MAX)).collect(),
            curve: curve_row(&pinned.curve),
            is_fresh: pinned.is_fresh,
        }
    }
}

impl PinnedRow {
    /// `kind` is the type of the item if it is neither multiple choice nor multiple response.
    fn into_pinned(self, kind: Option<ItemKind>, credit: CreditRule) -> Result<PinnedItem, String> {
        let n_choices = self.n_choices;
        let kind = match (kind, self.n_keys) {
            (Some(kind), _) => kind,
            (None, 0) => return Err("a flashcard stands in a form".to_owned()),
            (None, 1) => ItemKind::MultipleChoice { n_choices },
            (None, n_keys) => ItemKind::MultipleResponse { n_choices, n_keys },
        };
        let n_options = match kind {
            ItemKind::MultipleChoice { .. } | ItemKind::MultipleResponse { .. } => n_choices,
            ItemKind::Arrangement { n_options, .. } => n_options,
            ItemKind::TypedAnswer | ItemKind::Flashcard => 0,
        };
        let choice_order: Vec<usize> = self.choice_order.into_iter().map(usize::from).collect();
        if choice_order.iter().any(|idx| *idx >= usize::from(n_options)) {
            return Err("an order of choices names a choice that is not there".to_owned());
        }
        let form_item = FormItem {
            item: ItemId::new(&self.item).map_err(words)?,
            content: ContentHash::from_bytes(self.content),
            domain_idx: self.domain,
            kind,
            role: if self.is_scored { ItemRole::Scored } else { ItemRole::Unscored },
            choice_order,
        };
        let concept = ConceptId::new(&self.concept).map_err(words)?;
        let curve = read_curve(self.curve)?.in_steps(credit.n_steps(kind));
        Ok(PinnedItem { form_item, concept, curve, is_fresh: self.is_fresh })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Event;
    use crate::store::record::{Record, decode, encode};

    /// The scale of a deck with two domains, as the first version wrote it.
    const FIRST_REFERENCE: &str = "01036f6c6434ddba1248349cd0f68c338f2d00a11500020000000000004e4002000000000000f0bf555555555555d53f7b14\
     ae47e17ae43f0001000000000000e03f555555555555c53f0000000000000000000102000000000000f0bf555555555555d5\
     3f7b14ae47e17ae43f0001000000000000e03f555555555555c53f0000000000000000000100000000000044400100000000\
     0000d0bf000000000000e03f1f85eb51b81ef63f010101000000000000d0bf000000000000e03f1f85eb51b81ef63f010102\
     c62c4f4be992e7bf333333333333e33f";

    /// The start of a sitting of three items, one of them with two keys, as the first version wrote it.
    const FIRST_START: &str = "01036f6c6434ddba1248349cd0f68c338f2d00a1150009636861636861382f310501e0a71201003c6402074e6f7420796574\
     0000000000000000055265616479666666666666e63f034f6c6402036e6574034e65740000000000004e40036c6177034c61\
     77000000000000444000f6eafa81ee680003026c31026c31483a10de221d507526ffddcd3325155801020101020001000000\
     000000d0bf000000000000e03f1f85eb51b81ef63f0101026e32026e32cee4cb49aafee0cf5bde42b29afe26210004020104\
     00030102000000000000e03f555555555555c53f00000000000000000001026e31026e3122be462d9f04515e9e0963013c5f\
     c4590003010003010002000000000000f0bf555555555555d53f7b14ae47e17ae43f0001";

    fn bytes(hex: &str) -> Vec<u8> {
        hex.as_bytes()
            .chunks(2)
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect()
    }

    fn first_version(kind: u8, hex: &str) -> Event {
        decode(&Record { kind, item: None, body: bytes(hex) }, 1).expect("an event of the first version")
    }

    /// Packs and unpacks an event, which comes out in the newest version of its kind and unchanged.
    #[track_caller]
    fn check_repacked(event: &Event) {
        let record = encode(event);
        let newest = if matches!(event, Event::SittingStarted(_)) { 3 } else { 2 };
        assert_eq!((record.body[0], decode(&record, 1).as_ref()), (newest, Ok(event)));
    }

    fn start() -> SittingStart {
        let Event::SittingStarted(start) = first_version(3, FIRST_START) else { panic!("no start") };
        *start
    }

    #[test]
    fn a_start_of_the_first_version_is_compensatory_and_all_or_nothing() {
        let start = start();
        assert_eq!((Ok(start.scale), start.credit), (Scale::new(0, 60, 100).map(Some), CreditRule::AllOrNothing));
        assert_eq!(start.decision, Decision::default());
        let weights: Vec<Weight> = start.domains.iter().map(|domain| domain.weight).collect();
        assert_eq!(weights, [60.0, 40.0].map(Weight::exact));
        let steps: Vec<u8> = start.items.iter().map(|item| item.curve.n_steps()).collect();
        assert_eq!((steps, start.items[1].form_item.n_wanted()), (vec![1; 3], 2));
        check_repacked(&Event::SittingStarted(Box::new(start)));
    }

    #[test]
    fn a_scale_of_the_first_version_has_items_of_one_step() {
        let event = first_version(2, FIRST_REFERENCE);
        let Event::ReferenceFrozen { reference, .. } = &event else { panic!("no scale") };
        assert_eq!((reference.characteristic().steps_a_point(), reference.parts().n_items), (1, 2));
        check_repacked(&event);
    }

    #[test]
    fn the_rules_of_other_programmes_come_back() {
        let minimums = BTreeMap::from([(1, Share::new(0.5).expect("a share"))]);
        let mut start = start();
        start.scale = Some(Scale::Percent);
        start.decision = Decision::new(TotalRule::DecidesNothing, minimums).expect("a decision");
        start.credit = CreditRule::PerChoice;
        start.domains[0].weight = Weight::range(55.0, 65.0).expect("a range");
        start.items[1].curve = start.items[1].curve.in_steps(2);
        check_repacked(&Event::SittingStarted(Box::new(start.clone())));
        start.scale = Some(Scale::Points);
        check_repacked(&Event::SittingStarted(Box::new(start.clone())));
        start.scale = None;
        check_repacked(&Event::SittingStarted(Box::new(start)));

        let Event::ReferenceFrozen { deck, revision, reference } = first_version(2, FIRST_REFERENCE) else {
            panic!("no scale")
        };
        let mut parts = reference.parts().clone();
        let ReferenceDomain { form, bank, .. } = &mut parts.domains[0];
        for group in form.iter_mut().chain(bank) {
            group.curve = group.curve.in_steps(3);
        }
        let reference = Reference::from_parts(parts).expect("a scale");
        check_repacked(&Event::ReferenceFrozen { deck, revision, reference });
    }

    #[test]
    fn an_unknown_version_is_refused() {
        for (kind, version) in [(3, 5), (2, 3), (2, 0), (4, 2)] {
            let body = vec![version, 0, 0, 0];
            let refused = decode(&Record { kind, item: None, body }, 1).expect_err("no such version");
            assert!(refused.contains("version"), "{refused}");
        }
    }
}
