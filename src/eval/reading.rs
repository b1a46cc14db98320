//! Reading one attribute: its state, and what it may come to where it is unknown.

use serde_json::Value;

use super::tri::{Doubt, merge};
use crate::model::resolve::{Opaque, Origin, Resolution, Resolver, Source};
use crate::model::value::{Found, Location, NodeKind, State};
use crate::model::{Model, ResourceId, Side};

/// An attribute that was looked at on one side.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The resource that holds it.
    pub resource: ResourceId,
    /// Where.
    pub location: Location,
    /// The side.
    pub side: Side,
    /// What stands there.
    pub state: State,
    /// Whether it may not be printed.
    pub sensitive: bool,
    /// What it may come to, in words, where it is not known.
    pub candidates: Vec<Candidate>,
    /// From the attribute to where its value comes from.
    pub trace: Vec<String>,
    /// What would satisfy the rule, as HCL.
    pub required: Option<String>,
    /// What the rule's demand asks of it, in words.
    pub asked: Option<String>,
    /// What it has to do with the answer.
    pub weight: Weight,
    /// Whether it only had to be there: what it holds is beside the point, and is shown nowhere.
    pub withheld: bool,
}

/// What something that was looked at has to do with the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// It says what it is about.
    #[default]
    Context,
    /// It breaks the rule.
    Offends,
    /// It is one of several, and as it should be.
    Harmless,
}

/// The candidate that no value is set.
pub const NOTHING_SET: &str = "nothing set";

/// One thing that an unknown attribute may come to, in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// `aws_kms_key.pii`, `nothing set`, …
    pub what: String,
    /// The resource behind it.
    pub address: Option<String>,
    /// The protection level that it would give.
    pub level: Option<&'static str>,
}

/// A value that an attribute may have.
#[derive(Debug, Clone, PartialEq)]
pub enum Possible {
    /// This one.
    Value(Value),
    /// None: the provider's default applies.
    NotSet,
    /// One that only the apply will tell.
    Something(Doubt),
    /// It cannot be told whether there is one.
    Unknown(Doubt),
}

impl Reading {
    /// Whether something stands there, or a reference leads there.
    pub fn says_something(&self) -> bool {
        match &self.state {
            State::Known(value) => !value.is_null() && value.as_str() != Some(""),
            State::Absent => false,
            State::Unknown => self.candidates.iter().any(|one| one.what != NOTHING_SET),
        }
    }

    /// Whether it is known only after apply because nobody wrote it, and the provider computes it.
    pub fn nothing_is_written(&self) -> bool {
        let nothing = |one: &Candidate| one.what == NOTHING_SET;
        self.state == State::Unknown && !self.candidates.is_empty() && self.candidates.iter().all(nothing)
    }

    /// The bare reading of what was found.
    pub fn of(resource: ResourceId, side: Side, found: &Found) -> Self {
        Self {
            resource,
            location: found.location.clone(),
            side,
            state: found.state.clone(),
            sensitive: found.sensitive,
            candidates: Vec::new(),
            trace: Vec::new(),
            required: None,
            asked: None,
            weight: Weight::default(),
            withheld: false,
        }
    }
}

/// Reads an attribute that is no key: the values it may have.
pub fn possible(model: &Model<'_>, resolver: &Resolver<'_, '_>, reading: &mut Reading) -> Vec<Possible> {
    match &reading.state {
        State::Known(value) => vec![Possible::Value(value.clone())],
        State::Absent => vec![Possible::NotSet],
        State::Unknown => {
            let resolution = resolver.resolve(reading.resource, &reading.location);
            reading.trace = trace(&resolution);
            let mut values = from_resolution(model, &resolution);
            if stands_in_part(model, reading) {
                values = in_part(values);
            }
            reading.candidates = values.iter().map(describe).collect();
            values
        }
    }
}

/// Whether a list or map stands there, parts of which are unknown.
fn stands_in_part(model: &Model<'_>, reading: &Reading) -> bool {
    let root = model.resource(reading.resource).values(reading.side);
    root.and_then(|root| root.at(&reading.location))
        .is_some_and(|node| matches!(node.kind, NodeKind::Object(_) | NodeKind::Array(_)))
}

/// A list or map with unknown parts is there, and nothing that is known is all of it.
fn in_part(values: Vec<Possible>) -> Vec<Possible> {
    let mut doubts = Vec::new();
    for value in values {
        if let Possible::Unknown(doubt) | Possible::Something(doubt) = value {
            merge(&mut doubts, vec![doubt]);
        }
    }
    if doubts.is_empty() {
        doubts.push(Doubt {
            because: "parts of it are known only after apply".to_owned(),
            settle: "write the parts themselves, or apply what they come from first".to_owned(),
        });
    }
    doubts.into_iter().map(Possible::Something).collect()
}

/// The values that an attribute's expression may come to, whatever stands there.
pub fn possible_by_reference(model: &Model<'_>, resolver: &Resolver<'_, '_>, reading: &mut Reading) -> Vec<Possible> {
    let resolution = resolver.resolve(reading.resource, &reading.location);
    reading.trace = trace(&resolution);
    from_resolution(model, &resolution)
}

fn from_resolution(model: &Model<'_>, resolution: &Resolution) -> Vec<Possible> {
    let mut values: Vec<Possible> = resolution
        .origins
        .iter()
        .map(|origin| from_origin(model, origin, resolution.conditional || resolution.deferred))
        .collect();
    if values.is_empty() || (resolution.conditional && !values.contains(&Possible::NotSet)) {
        values.push(Possible::NotSet);
    }
    values
}

/// The value that one origin gives. `may_be_null`: whether the expression may come to null where Terraform does not know it.
pub(super) fn from_origin(model: &Model<'_>, origin: &Origin, may_be_null: bool) -> Possible {
    // Terraform does not know it yet, so nothing tells whether the expression passes it on or makes something of it.
    if origin.mirrored
        && let Some(name) = origin.trace.get(1)
    {
        return Possible::Unknown(known_after_apply(name));
    }
    if origin.assembled {
        let from = origin.trace.last().map_or("", String::as_str);
        return Possible::Something(Doubt {
            because: format!("it is made from `{from}`, which is known only after apply"),
            settle: format!("write the value without `{from}`, or apply that resource first"),
        });
    }
    match &origin.source {
        Source::Document(_) => Possible::Something(Doubt {
            because: "it is a document, parts of which are known only after apply".to_owned(),
            settle: "write the document with values that are known before apply".to_owned(),
        }),
        Source::Value(value) => Possible::Value(value.clone()),
        Source::NotSet => Possible::NotSet,
        Source::Attribute {
            resource,
            location,
            state,
        } => match state {
            State::Known(value) => Possible::Value(value.clone()),
            State::Absent => Possible::NotSet,
            State::Unknown => {
                let doubt = unknown_attribute(model, *resource, location);
                if may_be_null {
                    Possible::Unknown(doubt)
                } else {
                    Possible::Something(doubt)
                }
            }
        },
        Source::Opaque(why) => Possible::Unknown(opaque(why)),
    }
}

/// Values of variables and constants are never printed, so they are only named.
fn describe(value: &Possible) -> Candidate {
    let what = match value {
        Possible::Value(_) => "a value from the configuration".to_owned(),
        Possible::NotSet => NOTHING_SET.to_owned(),
        Possible::Unknown(doubt) | Possible::Something(doubt) => doubt.because.clone(),
    };
    Candidate {
        what,
        address: None,
        level: None,
    }
}

/// The longest chain: where several origins share their beginning, it says most.
pub fn trace(resolution: &Resolution) -> Vec<String> {
    let mut longest: &[String] = &[];
    for origin in &resolution.origins {
        if origin.trace.len() > longest.len() {
            longest = &origin.trace;
        }
    }
    longest.to_vec()
}

/// The doubt about an attribute that only the apply will tell.
pub fn unknown_attribute(model: &Model<'_>, resource: ResourceId, location: &Location) -> Doubt {
    let name = format!(
        "{}{}",
        model.resource(resource).address,
        location.to_string().split_off(1)
    );
    known_after_apply(&name)
}

fn known_after_apply(name: &str) -> Doubt {
    Doubt {
        because: format!("it comes from `{name}`, which is known only after apply"),
        settle: format!("write the value itself instead of a reference to `{name}`, or apply that resource first"),
    }
}

/// What settles most of what plan JSON leaves out.
pub const GIVE_SOURCE: &str = "give planseal the configuration (`--planfile` or `--source`)";

/// The doubt about a chain of references that ends.
pub fn opaque(why: &Opaque) -> Doubt {
    let (because, settle) = match why {
        Opaque::Local(name) => (
            format!("it comes through `{name}`, and plan JSON does not hold local values"),
            format!("{GIVE_SOURCE}, or reference what it stands for instead of the local value"),
        ),
        Opaque::HiddenBlock => (
            "it stands in a block that the plan's configuration does not show: a `dynamic` one, or one that AWS reports"
                .to_owned(),
            format!("{GIVE_SOURCE}, or write the block without `dynamic`"),
        ),
        Opaque::Function => (
            "it comes from a function call whose arguments the plan does not show".to_owned(),
            format!("{GIVE_SOURCE}, or write the value without a function"),
        ),
        Opaque::NoConfiguration => (
            "the plan document has no configuration for this resource, so nobody can tell whether a value was set"
                .to_owned(),
            "pass the whole output of `terraform show -json`".to_owned(),
        ),
        Opaque::Variable(name) => (
            format!("it comes from `{name}`, which has no value in this plan"),
            format!("give `{name}` a value or a default"),
        ),
        Opaque::Missing(name) => (
            format!("it comes from `{name}`, which is not in this plan"),
            "plan without `-target`, or reference something that the plan holds".to_owned(),
        ),
        Opaque::EachValue(name) => (
            format!("it comes from `{name}` of a collection that the plan does not tell"),
            "use a literal map in `for_each`, or reference the key by its instance".to_owned(),
        ),
        Opaque::NotInPlan(name) => (
            format!("plan JSON does not hold `{name}`"),
            GIVE_SOURCE.to_owned(),
        ),
        Opaque::NotEvaluated(function) => (
            format!("it comes from `{function}()`, which planseal does not evaluate"),
            "write the value without that function".to_owned(),
        ),
        Opaque::Outside(name) => (
            format!("it comes from `{name}`, which only the run itself knows"),
            format!("write the value without `{name}`"),
        ),
        Opaque::Undecided(what) => (
            what.clone(),
            "write it with values that are known before apply".to_owned(),
        ),
        Opaque::TooMany => (
            "it may come from more resources than planseal tells apart".to_owned(),
            "reference the one that is meant".to_owned(),
        ),
        Opaque::TooLong => (
            "its chain of references is longer than planseal follows".to_owned(),
            "reference the key more directly".to_owned(),
        ),
    };
    Doubt { because, settle }
}
