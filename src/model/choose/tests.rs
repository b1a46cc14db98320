//! Against `jsonpath-rust`'s own evaluation where everything is known, and cases by hand where it is not.

use jsonpath_rust::parser::parse_json_path;
use jsonpath_rust::query::js_path_process;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::document::plain;

/// Where nothing is known of an unknown place.
fn nothing_known(_: &Location) -> Vec<Guess> {
    vec![Guess::Unknown]
}

/// A value in which the text `?` stands for something unknown.
pub(crate) fn partly(value: Value) -> Node {
    let mut node = plain(value);
    hide(&mut node);
    node
}

fn hide(node: &mut Node) {
    match &mut node.kind {
        NodeKind::Scalar(scalar) if scalar.value() == json!("?") => node.kind = NodeKind::Unknown,
        NodeKind::Array(elements) => elements.iter_mut().for_each(hide),
        NodeKind::Object(members) => {
            let all = std::mem::take(members).into_iter().map(|(name, mut member)| {
                hide(&mut member);
                (name, member)
            });
            *members = all.collect();
        }
        _ => {}
    }
}

/// `$.a[0]` where it is selected, `$.a[0]?` where it may be, `$.a…` where any number may be inside.
fn chosen(node: &Node, path: &str, elastic: bool) -> Vec<String> {
    let path = Path::parse(path).unwrap();
    let mut guess = nothing_known;
    let mut choice = Choice::new(&mut guess);
    choice.elastic = elastic;
    let found = choice.select(Some(node), &Location::default(), &path);
    found
        .into_iter()
        .map(|one| {
            let open = if matches!(one.there, There::Open(_)) { "…" } else { "" };
            let maybe = if one.selected == Truth::Yes { "" } else { "?" };
            format!("{}{open}{maybe}", one.location)
        })
        .collect()
}

fn whole(value: Value, path: &str) -> Vec<String> {
    chosen(&partly(value), path, false)
}

#[test]
fn a_name_that_is_not_there_is_a_node_that_is_not_set() {
    let value = json!({"rule": [{"a": 1}, {}], "x": null});
    assert_eq!(whole(value.clone(), "$.rule[*].a"), ["$.rule[0].a", "$.rule[1].a"]);
    assert_eq!(whole(value.clone(), "$['x','y']"), ["$.x", "$.y"]);
    assert_eq!(whole(value.clone(), "$.rule[5].a"), ["$.rule[5].a"]);
    assert_eq!(whole(value.clone(), "$.rule[-1].a"), ["$.rule[1].a"]);
    assert!(whole(value.clone(), "$.rule[-3].a").is_empty());
    assert!(whole(value.clone(), "$.y[*].a").is_empty());
    assert_eq!(whole(value, "$.rule..a"), ["$.rule[0].a"]);
}

#[test]
fn a_filter_over_something_unknown_selects_perhaps() {
    let value = json!({"rule": [{"on": true, "k": 1}, {"on": "?", "k": 2}, {"on": false, "k": 3}, "?"]});
    assert_eq!(
        whole(value.clone(), "$.rule[?@.on == true].k"),
        ["$.rule[0].k", "$.rule[1].k?", "$.rule[3].k?"]
    );
    assert_eq!(
        whole(value, "$.rule[?@.on == 'x' || @.k < 3].k"),
        ["$.rule[0].k", "$.rule[1].k", "$.rule[3].k?"]
    );
}

#[test]
fn an_unknown_list_holds_any_number() {
    let value = json!({"rule": "?", "list": [["?"], "?"]});
    assert_eq!(whole(value.clone(), "$.rule[*].k"), ["$.rule…"]);
    assert_eq!(whole(value.clone(), "$.rule.k[?@.x]"), ["$.rule.k…"]);
    assert_eq!(whole(value.clone(), "$.rule[0].k"), ["$.rule[0].k"]);
    assert_eq!(whole(value.clone(), "$..k"), ["$.list[0][0]…", "$.list[1]…", "$.rule…"]);
    assert_eq!(whole(value.clone(), "$.list[*][*]"), ["$.list[0][0]", "$.list[1]…"]);
    assert_eq!(
        whole(value.clone(), "$.list[?count(@[*]) >= 1]"),
        ["$.list[0]?", "$.list[1]?"]
    );
    assert_eq!(whole(value, "$.list[?length(@) == 1]"), ["$.list[0]", "$.list[1]?"]);
}

#[test]
fn in_a_document_made_of_others_an_unknown_element_is_any_number_of_them() {
    let node = partly(json!({"s": [{"a": 1}, "?", {"a": 2}]}));
    let elastic = |path: &str| chosen(&node, path, true);
    assert_eq!(elastic("$.s[*].a"), ["$.s[0].a", "$.s[1]…", "$.s[2].a"]);
    assert_eq!(elastic("$.s[0].a"), ["$.s[0].a"]);
    assert_eq!(elastic("$.s[2].a"), ["$.s[1]…"]);
    assert_eq!(elastic("$.s[-1].a"), ["$.s[1]…"]);
    assert_eq!(elastic("$.s[:1].a"), ["$.s[1]…"]);
    assert_eq!(elastic("$.s[?@.a == 2].a"), ["$.s[1]…?", "$.s[2].a"]);
}

#[test]
fn null_is_not_set_and_one_language_has_one_equality() {
    let value = json!({"r": [{"a": null, "n": "5", "b": "true", "e": ""}, {"a": 1, "n": 5, "b": true, "e": "x"}]});
    let which = |filter: &str| whole(value.clone(), &format!("$.r[?{filter}]"));
    assert_eq!(which("@.a"), ["$.r[1]"]);
    assert_eq!(which("@.a == null"), ["$.r[0]"]);
    assert_eq!(which("@.zzz == null").len(), 2);
    assert_eq!(which("@.e"), ["$.r[1]"]);
    assert_eq!(
        which("@.n == 5 && @.n >= 5 && @.n < '6' && @.b == true && @.b == 'true'").len(),
        2
    );
    assert_eq!(which("@.a < 1").len(), 0);
    assert_eq!(which("count(@.a) == 0"), ["$.r[0]"]);
    assert_eq!(which("count(@.zzz[*]) == 0 && count(@.*) >= 3").len(), 2);
    assert_eq!(
        which("count(@['n','n']) == 1").len(),
        2,
        "a node that is selected twice is one node"
    );
}

#[test]
fn what_an_unknown_place_refers_to_decides_a_filter() {
    let node = partly(json!({"r": [{"on": "?"}]}));
    let select = |filter: &str, guesses: Vec<Guess>| {
        let path = Path::parse(&format!("$.r[?{filter}]")).unwrap();
        let mut guess = |_: &Location| guesses.clone();
        let found = Choice::new(&mut guess).select(Some(&node), &Location::default(), &path);
        found.first().map(|one| one.selected.clone())
    };
    let value = |value: Value| Guess::Value(value);
    let place = Location::default().member("r").element(0).member("on");
    let maybe = Some(Truth::Maybe(vec![place]));
    assert_eq!(select("@.on == 'x'", vec![value(json!("x"))]), Some(Truth::Yes));
    assert_eq!(select("@.on == 'x'", vec![value(json!("y")), Guess::NotSet]), None);
    assert_eq!(select("@.on", vec![Guess::Something]), Some(Truth::Yes));
    assert_eq!(select("@.on", vec![Guess::NotSet]), None);
    assert_eq!(
        select("@.on == true", vec![value(json!("x"))]),
        maybe,
        "an expression is more than what it refers to"
    );
    assert!(matches!(
        select("@.on == 'x'", vec![value(json!("x")), value(json!("y"))]),
        Some(Truth::Maybe(_))
    ));
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("x")),
        Just(json!("xy")),
        Just(json!(true)),
        Just(json!(false)),
        (0..3_i64).prop_map(|n| json!(n)),
        Just(json!(1.5)),
    ]
}

/// Values without null and empty texts, which have a meaning of their own here.
fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[abc]", inner, 0..4).prop_map(|members| json!(members)),
        ]
    })
}

fn singular() -> impl Strategy<Value = String> {
    let part = prop_oneof![3 => "\\.[abc]", 1 => Just("[0]".to_owned()), 1 => Just("[-1]".to_owned())];
    prop::collection::vec(part, 0..3).prop_map(|parts| format!("@{}", parts.concat()))
}

fn operand() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => singular(),
        3 => prop::sample::select(vec!["'x'", "'xy'", "true", "false", "0", "1", "2", "1.5"]).prop_map(str::to_owned),
        1 => singular().prop_map(|query| format!("length({query})")),
        1 => singular().prop_map(|query| format!("count({query}[*])")),
    ]
}

fn filter() -> impl Strategy<Value = String> {
    let compare = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let atom = prop_oneof![
        2 => singular(),
        1 => singular().prop_map(|query| format!("{query}.*")),
        4 => (operand(), compare, operand()).prop_map(|(left, how, right)| format!("{left} {how} {right}")),
        1 => singular().prop_map(|query| format!("match({query}, 'x.?')")),
        1 => singular().prop_map(|query| format!("search({query}, 'y')")),
    ];
    atom.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) && ({right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) || ({right})")),
            inner.prop_map(|one| format!("!({one})")),
        ]
    })
}

/// Paths of every kind.
pub(crate) fn path() -> impl Strategy<Value = String> {
    let slice = (
        prop::option::of(-3..4_i64),
        prop::option::of(-3..4_i64),
        prop::option::of(-2..3_i64),
    );
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let selector = prop_oneof![
        3 => "'[abc]'",
        2 => (-3..4_i64).prop_map(|n| n.to_string()),
        1 => Just("*".to_owned()),
        1 => slice.prop_map(move |(start, end, step)| format!(
            "{}:{}:{}", number(start), number(end), number(step.filter(|n| *n != 0))
        )),
        4 => filter().prop_map(|filter| format!("?{filter}")),
    ];
    let brackets = prop::collection::vec(selector, 1..3).prop_map(|all| format!("[{}]", all.join(",")));
    let part = prop_oneof![3 => "\\.[abc]", 1 => Just(".*".to_owned()), 4 => brackets.clone()];
    let deep =
        prop_oneof![3 => "\\.\\.[abc]", 1 => Just("..*".to_owned()), 2 => brackets.prop_map(|all| format!("..{all}"))];
    (
        prop::collection::vec(part.clone(), 0..3),
        prop::option::weighted(0.3, deep),
        prop::collection::vec(part, 0..2),
    )
        .prop_map(|(before, deep, after)| format!("${}{}{}", before.concat(), deep.unwrap_or_default(), after.concat()))
        .prop_filter("it must name something", |text| text.len() > 1)
}

/// As the standard writes a place.
fn normalised(location: &Location) -> String {
    location.0.iter().fold("$".to_owned(), |text, step| match step {
        LocationStep::Name(name) => format!("{text}['{name}']"),
        LocationStep::Index(index) => format!("{text}[{index}]"),
        LocationStep::Any => format!("{text}[*]"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_known_values_the_same_is_selected_as_by_jsonpath_rust(value in value(), text in path()) {
        // Its `count()` of no node is nothing instead of 0.
        prop_assume!(!text.contains("count("));
        let path = Path::parse(&text).unwrap();
        let node = plain(value.clone());
        let mut guess = nothing_known;
        let found = Choice::new(&mut guess).select(Some(&node), &Location::default(), &path);
        prop_assert!(found.iter().all(|one| one.selected == Truth::Yes && matches!(one.there, There::Node(_))));
        let mut ours: Vec<String> = found
            .iter()
            .filter(|one| matches!(one.there, There::Node(Some(_))))
            .map(|one| normalised(&one.location))
            .collect();
        let mut theirs: Vec<String> = js_path_process(&parse_json_path(&text).unwrap(), &value)
            .unwrap()
            .into_iter()
            .map(|one| one.path())
            .collect();
        ours.sort();
        theirs.sort();
        // A node that several selectors select is one node here.
        theirs.dedup();
        prop_assert_eq!(ours, theirs);
    }
}
