use proptest::prelude::*;

use super::*;

fn unknown() -> Tri {
    Tri::Unknown(vec![Doubt {
        because: "nobody knows".into(),
        settle: "wait".into(),
    }])
}

fn tri() -> impl Strategy<Value = Tri> {
    prop_oneof![Just(Tri::True), Just(Tri::False), Just(unknown())]
}

fn quantifier() -> impl Strategy<Value = Quantifier> {
    let bound = || prop::option::of(0..4_usize);
    prop_oneof![
        Just(Quantifier::Any),
        Just(Quantifier::Every),
        // Policies cannot ask for more than they allow.
        (bound(), bound()).prop_map(|(one, other)| match (one, other) {
            (Some(one), Some(other)) => Quantifier::Count {
                at_least: Some(one.min(other)),
                at_most: Some(one.max(other)),
            },
            (at_least, at_most) => Quantifier::Count { at_least, at_most },
        }),
    ]
}

/// What an answer may turn out to be.
fn worlds(answer: &Tri) -> Vec<bool> {
    match answer {
        Tri::True => vec![true],
        Tri::False => vec![false],
        Tri::Unknown(_) => vec![true, false],
    }
}

/// What it comes to where everything is known.
fn plainly(things: &[(bool, bool)], asked: Quantifier) -> bool {
    let mut there = things.iter().filter(|(there, _)| *there).map(|(_, passes)| *passes);
    match asked {
        Quantifier::Any => there.any(|passes| passes),
        Quantifier::Every => there.all(|passes| passes),
        Quantifier::Count { at_least, at_most } => {
            let count = there.filter(|passes| *passes).count();
            at_least.is_none_or(|least| count >= least) && at_most.is_none_or(|most| count <= most)
        }
    }
}

/// Every way in which things that are not known may turn out.
fn completions(things: &[(Tri, Tri)]) -> Vec<Vec<(bool, bool)>> {
    things.iter().fold(vec![Vec::new()], |all, (there, passes)| {
        all.iter()
            .flat_map(|start| {
                worlds(there).into_iter().flat_map(move |there| {
                    worlds(passes).into_iter().map(move |passes| {
                        let mut longer = start.clone();
                        longer.push((there, passes));
                        longer
                    })
                })
            })
            .collect()
    })
}

fn told(answers: &[bool]) -> Option<bool> {
    let first = *answers.first()?;
    answers.iter().all(|one| *one == first).then_some(first)
}

fn answered(tri: &Tri) -> Option<bool> {
    match tri {
        Tri::True => Some(true),
        Tri::False => Some(false),
        Tri::Unknown(doubts) => {
            assert!(!doubts.is_empty(), "unknown without a reason");
            None
        }
    }
}

fn tally(things: &[(Tri, Tri)]) -> Tally {
    let mut all = Tally::default();
    for (there, passes) in things {
        all.add(Tally::one(there.clone(), passes.clone()));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Of independent things the answer is exactly what all completions agree on.
    #[test]
    fn it_tells_what_all_completions_agree_on(
        things in prop::collection::vec((tri(), tri()), 0..5), asked in quantifier()
    ) {
        let plain: Vec<bool> = completions(&things).iter().map(|world| plainly(world, asked)).collect();
        prop_assert_eq!(answered(&tally(&things).answer(asked)), told(&plain));
    }

    /// Of possibilities one is so.
    #[test]
    fn possibilities_never_contradict_one_of_them(
        ways in prop::collection::vec(prop::collection::vec((tri(), tri()), 0..3), 1..4),
        beside in prop::collection::vec((tri(), tri()), 0..3),
        asked in quantifier()
    ) {
        let mut all = Tally::either(ways.iter().map(|way| tally(way)).collect());
        all.add(tally(&beside));
        if let Some(said) = answered(&all.answer(asked)) {
            for way in &ways {
                let together: Vec<(Tri, Tri)> = way.iter().chain(&beside).cloned().collect();
                for world in completions(&together) {
                    prop_assert_eq!(plainly(&world, asked), said);
                }
            }
        }
    }

    /// Any number of things may join.
    #[test]
    fn an_open_end_never_contradicts_what_joins(
        things in prop::collection::vec((tri(), tri()), 0..3),
        more in prop::collection::vec((any::<bool>(), any::<bool>()), 0..4),
        asked in quantifier()
    ) {
        let mut all = tally(&things);
        all.add(Tally::open(Doubt { because: "x".into(), settle: "y".into() }));
        if let Some(said) = answered(&all.answer(asked)) {
            for mut world in completions(&things) {
                world.extend(&more);
                prop_assert_eq!(plainly(&world, asked), said);
            }
        }
    }

    #[test]
    fn all_any_and_not_are_kleene_s(answers in prop::collection::vec(tri(), 0..6)) {
        let options: Vec<Vec<bool>> = answers.iter().fold(vec![Vec::new()], |all, one| {
            all.iter()
                .flat_map(|start| worlds(one).into_iter().map(|world| [start.clone(), vec![world]].concat()))
                .collect()
        });
        let all: Vec<bool> = options.iter().map(|world| world.iter().all(|one| *one)).collect();
        let any: Vec<bool> = options.iter().map(|world| world.iter().any(|one| *one)).collect();
        prop_assert_eq!(answered(&Tri::all(answers.clone())), told(&all));
        prop_assert_eq!(answered(&Tri::any(answers.clone())), told(&any));
        for one in &answers {
            prop_assert_eq!(answered(&one.clone().negate()), answered(one).map(|known| !known));
        }
    }
}

#[test]
fn of_nothing_each_passes_and_none_does() {
    let count = |at_least, at_most| Tally::default().answer(Quantifier::Count { at_least, at_most });
    assert_eq!(Tally::default().answer(Quantifier::Every), Tri::True);
    assert_eq!(Tally::default().answer(Quantifier::Any), Tri::False);
    assert_eq!(count(None, Some(0)), Tri::True);
    assert_eq!(count(Some(1), None), Tri::False);
}

#[test]
fn what_may_be_there_often_counts_any_number_of_times_unless_none_passes() {
    let doubt = || Doubt {
        because: "x".into(),
        settle: "y".into(),
    };
    let many = |passes: Tri| Tally::one(Tri::True, passes).many(doubt());
    let count = |at_least, at_most| Quantifier::Count { at_least, at_most };
    assert!(matches!(many(Tri::True).answer(count(Some(2), None)), Tri::Unknown(_)));
    assert!(matches!(many(Tri::True).answer(count(None, Some(1))), Tri::Unknown(_)));
    assert_eq!(many(Tri::False).answer(count(None, Some(0))), Tri::True);
    assert_eq!(many(Tri::False).answer(count(Some(1), None)), Tri::False);
}
