use proptest::prelude::*;

use super::*;

fn error(text: &str) -> (String, usize) {
    let error = Path::parse(text).expect_err(text);
    (error.message, error.offset)
}

#[test]
fn names_indexes_and_wildcards_are_steps() {
    let path = Path::parse("$.rule[*].by['a b'][0]").unwrap();
    assert_eq!(
        path.steps(),
        [
            PathStep::Name("rule".into()),
            PathStep::Wildcard,
            PathStep::Name("by".into()),
            PathStep::Name("a b".into()),
            PathStep::Index(0),
        ]
    );
    assert_eq!(path.attribute(), Some("rule"));
    assert!(!path.names_one() && path.is_plain());
}

#[test]
fn everything_else_is_selectors() {
    let step = |text: &str| Path::parse(&format!("$.a{text}")).unwrap().steps()[1].clone();
    assert_eq!(step("[-1]"), PathStep::Several(vec![Selector::Index(-1)]));
    assert_eq!(
        step("['b', 0, *]"),
        PathStep::Several(vec![Selector::Name("b".into()), Selector::Index(0), Selector::Wildcard])
    );
    let slice = |start, end, step| PathStep::Several(vec![Selector::Slice(Slice { start, end, step })]);
    assert_eq!(step("[1:]"), slice(Some(1), None, 1));
    assert_eq!(step("[:-1:-2]"), slice(None, Some(-1), -2));
    assert_eq!(step("..b"), PathStep::Descendants(vec![Selector::Name("b".into())]));
    assert_eq!(step("..[*]"), PathStep::Descendants(vec![Selector::Wildcard]));
    let filter = |text: &str| match step(text) {
        PathStep::Several(selectors) => match selectors.as_slice() {
            [Selector::Filter(filter)] => filter.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let b = || vec![PathStep::Name("b".into())];
    assert_eq!(filter("[?@.b]"), Filter::Exists(b()));
    assert_eq!(filter("[?!@.b]"), Filter::Not(Box::new(Filter::Exists(b()))));
    assert_eq!(
        filter("[?(@.b && count(@.*) >= 2) || search(@.b, '^x.')]"),
        Filter::Any(vec![
            Filter::All(vec![
                Filter::Exists(b()),
                Filter::Compare(
                    Operand::Count(vec![PathStep::Wildcard]),
                    Compared::GreaterOrEqual,
                    Operand::Literal(2.into())
                ),
            ]),
            Filter::Matches(Operand::Node(b()), Pattern::new("^x.", false).unwrap()),
        ])
    );
    assert_eq!(
        filter("[?length(value(@..b)) == length(@.b[-1])]"),
        Filter::Compare(
            Operand::Length(Box::new(Operand::Only(vec![PathStep::Descendants(vec![
                Selector::Name("b".into())
            ])]))),
            Compared::Equal,
            Operand::Length(Box::new(Operand::Node(vec![
                PathStep::Name("b".into()),
                PathStep::Several(vec![Selector::Index(-1)]),
            ]))),
        )
    );
}

#[test]
fn spaces_stand_where_the_standard_has_them() {
    let plain = Path::parse("$.a[?@.b=='x'&&@.c].d").unwrap();
    let spaced = Path::parse("$ .a [ ? @.b == 'x' && @ .c ] .d").unwrap();
    assert_eq!(plain.steps(), spaced.steps());
    assert_eq!(error("$.a b"), ("not a JSONPath: a space in a name".into(), 3));
    assert_eq!(error("$.a[?@.b c == 1]").1, 8);
    assert_eq!(error("$. a").1, 2);
    assert_eq!(error("$.a.. b").1, 5);
    assert_eq!(error("$.a[1 2]").1, 5);
    assert_eq!(error("$.a ").1, 3);
}

#[test]
fn an_error_stands_where_it_is() {
    for (text, said, offset) in [
        ("", "must start", 0),
        ("a.b", "must start", 0),
        ("$", "no attribute", 0),
        ("$.", "too early", 2),
        ("$.a-b", "from `-b` on", 3),
        ("$.ä[", "a `[` has no `]`", 3),
        ("$.a[01]", "from `01]` on", 4),
        ("$.a[?@.b = 1]", "from", 9),
        ("$..a..b", "one `..`", 4),
        ("$..a[?@..b]", "one `..`", 7),
        ("$.a[?@.b == $.c]", "alone", 12),
        ("$.a[?in(@.b, @.c)]", "unknown function `in()`", 5),
        ("$.a[?@.b && nin(@.b, @.c)]", "unknown function `nin()`", 12),
        ("$.a[?count(@.b)]", "neither true nor false", 5),
        ("$.a[?@.x && length(@.b)]", "neither true nor false", 12),
        ("$.a[?length(@.b[*]) == 1]", "takes one value", 5),
        ("$.a[?length(@..b) == 1]", "takes one value", 5),
        ("$.a[?length(@.b == 1) == 1]", "from `== 1) == 1]` on", 16),
        ("$.a[?@.c && count('x') == 1]", "takes a path", 12),
        ("$.a[?count(length(@.b)) == 1]", "takes a path", 5),
        ("$.a[?match(@.b, 'x') == true]", "is true or false", 5),
        ("$.a[?(@.b == 1]", "a `(` has no `)`", 5),
        ("$.a[?match(@.b, @.c)]", "not written as a text", 5),
        (
            "$.a[?match(@.b['x'], 'a(')]",
            "not a regular expression: unclosed group",
            21,
        ),
        ("$.a[?search(@.b, '(((a{1,100}){1,100}){1,100})')]", "too large", 17),
        ("$.a[1:2:0]", "step of 0", 8),
        ("$.a['b\tc']", "control character", 6),
        ("$.a['b", "has no end", 4),
        ("$.a[99999999999999999999]", "", 0),
    ] {
        let (message, place) = error(text);
        assert!(message.contains(said), "{text}: {message}");
        assert!(place == offset || said.is_empty(), "{text}: {message} at {place}");
    }
    assert!(Path::parse(&format!("$.{}", "a".repeat(MAX_LENGTH - 2))).is_ok());
    assert_eq!(error(&format!("$.{}", "a".repeat(MAX_LENGTH - 1))).1, MAX_LENGTH);
}

#[test]
fn hostile_paths_are_refused_and_do_not_take_the_stack() {
    for text in [
        format!("$.a{}", "[?@".repeat(300)),
        format!("$.a[?{}@.b{}]", "(".repeat(400), ")".repeat(400)),
        format!("$.a[?{}@.b{}]", "!(".repeat(120), ")".repeat(120)),
        format!("$.a{}{}", "[?@".repeat(120), "]".repeat(120)),
    ] {
        let _ = Path::parse(&text);
    }
}

/// Texts that are often simple paths, and often nearly.
fn nearly_simple() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "\\.[a-z_][a-z0-9_]{0,3}",
        2 => "\\['[a-z .\\-]{0,4}'\\]",
        2 => "\\[\"[a-z .']{0,4}\"\\]",
        2 => "\\[[0-9]{1,3}\\]",
        2 => Just("[*]".to_owned()),
        1 => Just(".*".to_owned()),
        1 => "[\\[\\].*'\"$@?a0 \\\\\\-:,]{1,4}",
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| format!("${}", parts.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_without_the_parser_is_what_the_parser_reads(text in nearly_simple()) {
        if let Some(steps) = simple::steps(&text) {
            prop_assert_eq!(Ok(steps), lower::steps(&text));
        }
    }

    #[test]
    fn every_text_is_read_or_refused_inside_itself(text in "[$@?!&|=<>.*,:()\\[\\]'\"a-c0-2 \\\\\u{e4}\\-]{0,20}") {
        if let Err(error) = Path::parse(&format!("$.a{text}")) {
            prop_assert!(error.offset <= text.chars().count() + 3);
            prop_assert!(!error.help.is_empty() && error.width > 0);
        }
    }
}

#[test]
fn most_paths_need_no_parser() {
    for text in ["$.a", "$.rule[*].by['a b'][0]", "$['a'][\"b'\"].*", "$.a_1[10]"] {
        assert!(simple::steps(text).is_some(), "{text}");
    }
    for text in ["$.a[-1]", "$.a[?@.b]", "$.\u{e4}", "$['a\\n']", "$.a[01]", "$ .a"] {
        assert!(simple::steps(text).is_none(), "{text}");
    }
}
