//! Raw-to-scaled tables of named forms, and the steps of SM-2, against numbers from outside this program.

use serde_json::Value;

use crate::support::{Learner, refused};

/// Worked by hand from the formulas: ten reference items and ten harder-to-easier shifted ones on the logit scale, cut
/// share .70, scale 100-700-1000. Each row: ability or none, share, scaled score, the ends of the 68 % band.
type Row = (Option<f64>, f64, f64, (f64, f64));

const REFERENCE: [f64; 10] = [-1.2, -0.8, -0.5, -0.2, 0.0, 0.3, 0.6, 0.9, 1.3, 1.6];
const FORM: [f64; 10] = [-1.9, -1.4, -1.0, -0.6, -0.4, -0.1, 0.2, 0.5, 0.8, 1.2];

const WITHOUT_GUESSING: [Row; 11] = [
    (None, 0.0, 100.0, (100.0, 189.518_315_22)),
    (Some(-2.802_633_607), 0.063_123_111, 154.105_523_651, (108.631_918_876, 271.865_187_62)),
    (Some(-1.902_411_88), 0.136_272_198, 216.804_741_569, (138.962_158_435, 354.836_665_913)),
    (Some(-1.276_166_672), 0.218_182_008, 287.013_149_613, (182.345_872_129, 439.269_352_26)),
    (Some(-0.749_431_821), 0.307_602_238, 363.659_061_264, (236.293_244_176, 524.887_776_693)),
    (Some(-0.261_366_46), 0.403_608_483, 445.950_128_059, (299.665_982_392, 611.278_686_258)),
    (Some(0.224_589_329), 0.505_783_214, 533.528_469_025, (371.806_530_421, 697.892_076_983)),
    (Some(0.745_002_872), 0.614_378_054, 626.609_760_914, (452.597_656_227, 797.594_578_482)),
    (Some(1.360_793_064), 0.730_595_9, 730.595_900_297, (542.835_941_866, 893.348_071_838)),
    (Some(2.246_727_15), 0.857_205_295, 857.205_294_535, (645.277_679_355, 973.903_406_228)),
    (None, 1.0, 1000.0, (780.324_498_809, 1000.0)),
];
const WITH_GUESSING: [Row; 11] = [
    (None, 0.0, 100.0, (100.0, 314.285_714_286)),
    (None, 0.1, 185.714_285_714, (185.714_285_714, 336.551_085_461)),
    (None, 0.2, 271.428_571_429, (271.428_571_429, 402.065_683_641)),
    (Some(-3.274_551_873), 0.280_685_184, 340.587_300_538, (314.285_714_286, 473.470_169_256)),
    (Some(-1.902_411_88), 0.352_204_149, 401.889_270_462, (314.285_714_286, 549.225_057_743)),
    (Some(-1.093_451_769), 0.435_406_537, 473.205_602_873, (344.140_347_212, 627.824_343_96)),
    (Some(-0.422_186_148), 0.528_184_3, 552.729_399_596, (401.876_556_258, 709.433_357_285)),
    (Some(0.224_589_329), 0.629_337_41, 639.432_066_054, (472.897_866_93, 803.567_759_997)),
    (Some(0.935_099_582), 0.739_130_942, 739.130_942_382, (556.535_966_709, 895.220_851_403)),
    (Some(1.896_508_74), 0.860_183_728, 860.183_728_429, (654.035_206_182, 974.026_177_794)),
    (None, 1.0, 1000.0, (785.167_817_115, 1000.0)),
];

/// A form of a deck: its name and its difficulties in logits.
type NamedForm<'a> = (&'a str, &'a [f64]);

/// A deck whose first form is the reference form.
fn deck(forms: &[NamedForm], guessing: &str) -> String {
    let id = |name: &str, idx: usize| format!("{name}-{idx}");
    let ids = |(name, difficulties): &NamedForm| -> String {
        (0..difficulties.len()).map(|idx| id(name, idx)).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!(
        "id: forms\nexam: {{items: {}, guessing: {guessing}, reference_form: [{}]}}\nforms:\n",
        forms[0].1.len(),
        ids(&forms[0])
    );
    for form in forms {
        text.push_str(&format!("  {}: [{}]\n", form.0, ids(form)));
    }
    text.push_str("questions:\n");
    for (name, difficulties) in forms {
        for (idx, difficulty) in difficulties.iter().enumerate() {
            // With its point, a whole number is logits and not a level.
            let id = id(name, idx);
            text.push_str(&format!(
                "  - {{id: {id}, stem: {id}?, difficulty: {difficulty:?}, right: w, wrong: [x, y, z]}}\n"
            ));
        }
    }
    text
}

#[track_caller]
fn close(found: &Value, expected: f64, tolerance: f64) {
    let number = found.as_f64().unwrap_or_else(|| panic!("found {found}, expected {expected}"));
    assert!((number - expected).abs() <= tolerance, "found {number}, expected {expected}");
}

#[track_caller]
fn check_worked_example(guessing: &str, theta_cut: f64, raw_cut: f64, rows: &[Row]) {
    let learner = Learner::new();
    let path = learner.write("forms.yaml", &deck(&[("R", &REFERENCE), ("F", &FORM)], guessing));
    let table = learner.json(&format!("form table {path} --form F"), "");
    close(&table["theta_cut"], theta_cut, 1e-6);
    close(&table["raw_cut"], raw_cut, 1e-6);
    assert_eq!((table["raw_needed"].as_u64(), table["n_scored"].as_u64()), (Some(8), Some(10)));
    let found = table["rows"].as_array().expect("rows");
    assert_eq!(found.len(), rows.len());
    for (raw, (row, (theta, share, scaled, band))) in found.iter().zip(rows).enumerate() {
        assert_eq!((row["raw"].as_u64(), row["pass"].as_bool()), (u64::try_from(raw).ok(), Some(raw >= 8)));
        match theta {
            Some(theta) => close(&row["theta"], *theta, 1e-6),
            None => assert_eq!(row["theta"], Value::Null),
        }
        close(&row["share"], *share, 1e-6);
        close(&row["scaled"], *scaled, 1e-6);
        close(&row["band"][0], band.0, 1e-6);
        close(&row["band"][1], band.1, 1e-6);
    }
}

#[test]
fn the_worked_example_comes_out_with_and_without_guessing() {
    check_worked_example("none", 1.188_324_868_947, 7.743_988_478_641, &WITHOUT_GUESSING);
    check_worked_example("0.25", 0.674_371_841_641, 7.653_395_910_163, &WITH_GUESSING);
}

#[test]
fn four_choices_are_guessed_by_one_in_four() {
    let table = |guessing: &str| {
        let learner = Learner::new();
        let path = learner.write("forms.yaml", &deck(&[("R", &REFERENCE), ("F", &FORM)], guessing));
        learner.json(&format!("form table {path} --form F"), "")
    };
    assert_eq!(table("by-choices"), table("0.25"));
}

#[test]
fn the_reference_form_is_its_own_scale() {
    let learner = Learner::new();
    let path = learner.write("forms.yaml", &deck(&[("R", &REFERENCE), ("F", &FORM)], "none"));
    let table = learner.json(&format!("form table {path} --form R"), "");
    close(&table["raw_cut"], 7.0, 1e-6);
    for (raw, row) in table["rows"].as_array().expect("rows").iter().enumerate() {
        close(&row["share"], f64::from(u32::try_from(raw).expect("few")) / 10.0, 1e-6);
    }
    refused(learner.say("form table forms --form G"), 1, "it names F, R");
    let text = learner.say("form table forms --form R").done().out;
    assert!(text.contains("10 scored questions; 7 right pass"), "{text}");
}

/// Tables of three simulated forms from an independent implementation; the file tells more.
const SIMULATED: &str = include_str!("../data/equating_c25.txt");

#[test]
fn simulated_forms_get_the_tables_of_an_independent_implementation() {
    let numbers = |line: &str| line.split(' ').skip(1).filter_map(|word| word.parse().ok()).collect::<Vec<f64>>();
    let named = |prefix: &str| SIMULATED.lines().filter(|line| line.starts_with(prefix)).collect::<Vec<_>>();
    let difficulties: Vec<Vec<f64>> = named("b ").into_iter().map(numbers).collect();
    let headings = named("form ");
    let names: Vec<&str> = headings.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    let forms: Vec<NamedForm> = names.iter().copied().zip(difficulties.iter().map(Vec::as_slice)).collect();
    let learner = Learner::new();
    let path = learner.write("forms.yaml", &deck(&forms, "0.25"));
    let rows: Vec<Vec<&str>> = named("row ").into_iter().map(|line| line.split(' ').collect()).collect();
    assert_eq!((forms.len(), rows.len()), (3, 3 * 66));
    for (form_idx, (name, _)) in forms.iter().enumerate() {
        let table = learner.json(&format!("form table {path} --form {name}"), "");
        close(&table["raw_cut"], numbers(headings[form_idx])[0], 1e-3);
        let found = table["rows"].as_array().expect("rows");
        assert_eq!(found.len(), 66);
        for (row, expected) in found.iter().zip(&rows[66 * form_idx..]) {
            for (field, word) in
                [("theta", expected[2]), ("share", expected[3]), ("scaled", expected[4]), ("csem", expected[5])]
            {
                match word.parse() {
                    Ok(number) => close(&row[field], number, 1e-3),
                    Err(_) => assert_eq!(row[field], Value::Null, "{field} of {row}"),
                }
            }
        }
    }
}

/// Checks the steps of SM-2 for a new card: repetition, interval in days and ease in hundredths after each grade.
#[track_caller]
fn check_sm2(grades: &str, expected: &[(u64, u64, u64)]) {
    let learner = Learner::new();
    let steps = learner.json(&format!("explain sm2 {grades}"), "")["steps"].clone();
    let steps = steps.as_array().expect("steps");
    let number = |step: &Value, name: &str| step[name].as_u64().expect("a number");
    let found: Vec<(u64, u64, u64)> = steps
        .iter()
        .map(|step| (number(step, "repetition"), number(step, "interval_days"), number(step, "ease_hundredths")))
        .collect();
    assert_eq!(found, expected, "{grades}");
    for (step, grade) in steps.iter().zip(grades.split(' ')) {
        let grade: u64 = grade.parse().expect("a grade");
        assert_eq!((number(step, "grade"), step["repeat_today"].as_bool()), (grade, Some(grade < 4)));
    }
}

/// Worked by hand from Wozniak's published source: the old ease in the product, halves up, the ease changed by every
/// grade (+10, 0, -14, -32, -54, -80 hundredths for 5 to 0, never below 130), and one day after a failure.
#[test]
fn sm2_goes_as_published() {
    check_sm2(
        "5 5 5 5 5 5 5",
        &[(1, 1, 260), (2, 6, 270), (3, 16, 280), (4, 45, 290), (5, 131, 300), (6, 393, 310), (7, 1218, 320)],
    );
    check_sm2(
        "3 3 3 3 3 3 3 3 3 3 3 3",
        &[
            (1, 1, 236),
            (2, 6, 222),
            (3, 13, 208),
            (4, 27, 194),
            (5, 52, 180),
            (6, 94, 166),
            (7, 156, 152),
            (8, 237, 138),
            (9, 327, 130),
            (10, 425, 130),
            (11, 553, 130),
            (12, 719, 130),
        ],
    );
    check_sm2(
        "5 5 5 5 1 4 4 4",
        &[(1, 1, 260), (2, 6, 270), (3, 16, 280), (4, 45, 290), (0, 1, 236), (1, 1, 236), (2, 6, 236), (3, 14, 236)],
    );
    check_sm2(
        "4 4 4 1 4 4 4",
        &[(1, 1, 250), (2, 6, 250), (3, 15, 250), (0, 1, 196), (1, 1, 196), (2, 6, 196), (3, 12, 196)],
    );
    check_sm2(
        "0 0 0 0 0 0 5 5 5",
        &[
            (0, 1, 170),
            (0, 1, 130),
            (0, 1, 130),
            (0, 1, 130),
            (0, 1, 130),
            (0, 1, 130),
            (1, 1, 140),
            (2, 6, 150),
            (3, 9, 160),
        ],
    );
    check_sm2("3 3 4 5 3 4", &[(1, 1, 236), (2, 6, 222), (3, 13, 222), (4, 29, 232), (5, 67, 218), (6, 146, 218)]);
    check_sm2("1 4 5 4 4 5", &[(0, 1, 196), (1, 1, 196), (2, 6, 206), (3, 12, 206), (4, 25, 206), (5, 52, 216)]);
    check_sm2(
        "4 4 3 1 4 4 5 4",
        &[(1, 1, 250), (2, 6, 250), (3, 15, 236), (0, 1, 182), (1, 1, 182), (2, 6, 182), (3, 11, 192), (4, 21, 192)],
    );
}

#[test]
fn grades_run_from_nought_to_five() {
    let learner = Learner::new();
    refused(learner.say("explain sm2 6"), 2, "6 is not in 0..=5");
    refused(learner.say("explain sm2"), 2, "GRADE");
    let text = learner.say("explain sm2 5 1").done().out;
    let expected = [
        "Grade  Repetition  Ease  Interval",
        "    5           1  2.60         1",
        "    1           0  2.06         1  and again today",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}
