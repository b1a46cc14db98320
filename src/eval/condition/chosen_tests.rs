//! A three-valued answer never contradicts what any completion of the unknown parts comes to.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::choose::tests::{partly, path};
use crate::model::same::{is_empty, same};
use crate::policy::condition::Quantifier;

/// Values in which `?` stands for what is unknown.
pub(crate) fn template() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        4 => Just(json!("?")),
        1 => Just(Value::Null),
        2 => Just(json!("x")),
        1 => Just(json!("")),
        1 => Just(json!(true)),
        1 => Just(json!("true")),
        2 => (0..3_i64).prop_map(|n| json!(n)),
    ];
    scalar.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[abc]", inner, 0..4).prop_map(|members| json!(members)),
        ]
    })
}

/// What something unknown may turn out to be.
pub(crate) fn filling() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        Just(json!("x")),
        Just(json!("xy")),
        Just(json!("")),
        Just(json!(true)),
        Just(json!("true")),
        (0..3_i64).prop_map(|n| json!(n)),
    ];
    scalar.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[abc]", inner, 0..3).prop_map(|members| json!(members)),
        ]
    })
}

/// Fills what is unknown; in an elastic list with any number of elements.
pub(crate) fn fill(template: &Value, fillings: &mut impl Iterator<Item = Value>, elastic: bool) -> Value {
    match template {
        Value::String(text) if text == "?" => fillings.next().unwrap_or(Value::Null),
        Value::Array(elements) => {
            let mut filled = Vec::new();
            for element in elements {
                if elastic && *element == json!("?") {
                    match fillings.next() {
                        Some(Value::Array(several)) => filled.extend(several),
                        Some(one) if !one.is_null() => filled.push(one),
                        _ => {}
                    }
                } else {
                    filled.push(fill(element, fillings, elastic));
                }
            }
            Value::Array(filled)
        }
        Value::Object(members) => {
            let filled = members
                .iter()
                .map(|(name, member)| (name.clone(), fill(member, fillings, elastic)));
            Value::Object(filled.collect())
        }
        known => known.clone(),
    }
}

fn at<'v>(value: &'v Value, place: &Location) -> Option<&'v Value> {
    place.0.iter().try_fold(value, |value, step| match step {
        crate::model::value::LocationStep::Name(name) => value.get(name.as_str()),
        crate::model::value::LocationStep::Index(index) => value.get(index),
        crate::model::value::LocationStep::Any => None,
    })
}

fn doubt() -> Doubt {
    Doubt {
        because: "nobody knows".into(),
        settle: "wait".into(),
    }
}

/// The answer to whether nodes are `x` (or set).
fn answer(
    node: &Node,
    path: &Path,
    guess: &mut dyn FnMut(&Location) -> Vec<Guess>,
    (elastic, only_set): (bool, bool),
    asked: Quantifier,
) -> Option<bool> {
    let mut choice = if elastic {
        Choice::in_document(guess)
    } else {
        Choice::new(guess)
    };
    let mut tally = Tally::default();
    let passes = |value: &Value| {
        if only_set {
            !is_empty(value)
        } else {
            same(value, &json!("x"))
        }
    };
    for one in choice.select(Some(node), &Location::default(), path) {
        let selected = match one.selected {
            Truth::Yes => Tri::True,
            Truth::No => panic!("it is not selected"),
            Truth::Maybe(places) => {
                assert!(!places.is_empty());
                Tri::Unknown(vec![doubt()])
            }
        };
        tally.add(match one.there {
            choose::There::Open(_) => Tally::open(doubt()),
            choose::There::Node(node) => Tally::one(
                selected,
                match node.map_or(State::Absent, Node::state) {
                    State::Unknown => Tri::Unknown(vec![doubt()]),
                    State::Absent => Tri::known(passes(&Value::Null)),
                    State::Known(value) => Tri::known(passes(&value)),
                },
            ),
        });
    }
    match tally.answer(asked) {
        Tri::True => Some(true),
        Tri::False => Some(false),
        Tri::Unknown(_) => None,
    }
}

pub(crate) fn quantifier() -> impl Strategy<Value = Quantifier> {
    let bound = || prop::option::of(0..3_usize);
    prop_oneof![
        Just(Quantifier::Any),
        Just(Quantifier::Every),
        (bound(), bound()).prop_map(|(at_least, at_most)| Quantifier::Count { at_least, at_most }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_completion_contradicts_an_answer(
        template in template(),
        text in path(),
        fillings in prop::collection::vec(filling(), 12),
        other in filling(),
        (elastic, guessing, only_set) in any::<(bool, bool, bool)>(),
        asked in quantifier()
    ) {
        let path = Path::parse(&text).unwrap();
        let filled = fill(&template, &mut fillings.into_iter(), elastic);
        let mut guess = |place: &Location| {
            if elastic || !guessing {
                return vec![Guess::Unknown];
            }
            let guess = |value: Option<&Value>| match value {
                Some(value) if !value.is_null() => Guess::Value(value.clone()),
                _ => Guess::NotSet,
            };
            vec![guess(at(&filled, place)), guess(Some(&other))]
        };
        let known = answer(&partly(template), &path, &mut guess, (elastic, only_set), asked);
        if let Some(said) = known {
            let mut never = |place: &Location| panic!("{place} is known");
            let is = answer(&plain(filled.clone()), &path, &mut never, (false, only_set), asked);
            prop_assert_eq!(Some(said), is, "{} of {}", text, filled);
        }
    }
}
