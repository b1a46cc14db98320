//! Conditions: the questions that rules and catalog entries ask.

use regex::Regex;
use serde_json::Value;

use super::category::KeyProperty;
use super::level::Level;
use super::relation::RelationTest;
use super::rule::Types;
use crate::model::document::Format;
use crate::model::path::Path;

/// A question with three answers: true, false, unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Every one of them.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// About an attribute.
    Path(PathTest),
    /// About a range of numbers.
    Range(RangeTest),
    /// About the type of the resource.
    Type(Types),
    /// About the store's (or key's) data category.
    Category(CategoryTest),
    /// About the part's protection level.
    Level(LevelTest),
    /// About the keys that protect the part.
    Key(KeyTest),
    /// About the stores that the key protects.
    Users(UsersTest),
    /// About the key's place in the key hierarchy.
    Place(PlaceTest),
    /// Whether a companion of the catalog configures the resource.
    Companion(CompanionTest),
    /// About other resources that belong to the resource.
    Related(Box<RelationTest>),
    /// About the resource or block that decides the part's level; paths start there.
    Source(Box<Condition>),
    /// Whether this plan does one of these to the object. Never before.
    Actions(Vec<Planned>),
    /// What held before this plan.
    Before(Box<Condition>),
    /// Whether this plan changes an attribute.
    Changed(ChangedTest),
    /// Whether this plan lowers an attribute.
    Lowered(LoweredTest),
    /// Whether this plan replaces the store because the part's encryption changes.
    ReplacedByEncryption(bool),
    /// About the users of a key that goes away: any of these.
    Destroyed(Vec<Destruction>),
    /// What has become of a waiver.
    Waiver(WaiverState),
    /// What no plan shows.
    Untold {
        /// Why, in a clause.
        because: String,
        /// What to do, in the imperative.
        settle: String,
    },
}

/// A test of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct PathTest {
    /// The attribute.
    pub path: Path,
    /// What its value must be.
    pub tests: Vec<Test>,
    /// All values of which it can be told.
    pub among: Option<Vec<Value>>,
    /// The value that holds where nothing is set.
    pub unset_means: Option<Value>,
    /// The value that counts where what stands there is known only after apply.
    pub unknown_means: Option<Value>,
    /// How many of the selected nodes must pass.
    pub nodes: Quantifier,
    /// Whether the author must write the attribute, instead of AWS reporting it.
    pub written: Option<bool>,
    /// What the text of the selected nodes is, where it is a document.
    pub read_as: Option<Format>,
    /// What must hold in each node (or in the document that it holds); paths start there.
    pub inner: Option<Box<Condition>>,
}

/// A test of one value. All but [`Test::Set`] are false of a value that is not set.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Equal; booleans and numbers also in their spelling as strings.
    Equals(Value),
    /// Equal to one of these.
    In(Vec<Value>),
    /// A number, not below.
    AtLeast(f64),
    /// A number, not above.
    AtMost(f64),
    /// A date, no fewer than so many days after today.
    DaysAhead(i32),
    /// A pattern with `*` and `?`, of which one of these is a case (letters of either case are the same).
    Covers(Vec<String>),
    /// Some part of it is a case of this regular expression.
    Matches(Pattern),
    /// Set (neither absent, null nor the empty string), or not.
    Set(bool),
}

/// A regular expression; two that are spelt alike are the same.
#[derive(Debug, Clone)]
pub struct Pattern(pub Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

/// A test of whether a range holds one of several numbers. Where an end is not set, there is no range.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeTest {
    /// The attribute that holds its first number.
    pub from: Path,
    /// The attribute that holds its last number.
    pub to: Path,
    /// One of these lies in it.
    pub holds: Vec<f64>,
}

/// A test of what this plan does to an attribute that has an order.
#[derive(Debug, Clone, PartialEq)]
pub struct LoweredTest {
    /// The attribute. Of several nodes, the lowest counts.
    pub path: Path,
    /// Its values from the least on, those that are worth the same in one step; `None`: it is a number.
    pub order: Option<Vec<Vec<Value>>>,
    /// The value that holds where nothing is set.
    pub unset_means: Option<Value>,
    /// Whether it must be lower than before, or must not.
    pub lowered: bool,
}

/// A test of whether this plan changes an attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedTest {
    /// The attribute.
    pub path: Path,
    /// The value that holds where nothing is set.
    pub unset_means: Option<Value>,
    /// Whether it must differ from before, or must not.
    pub changed: bool,
}

/// How many of several must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// Each of them.
    Every,
    /// One is enough.
    Any,
    /// So many of them.
    Count {
        /// No fewer.
        at_least: Option<usize>,
        /// No more.
        at_most: Option<usize>,
    },
}

/// A test of a data category; all that is asked must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryTest {
    /// One of these categories.
    pub is: Option<Vec<String>>,
    /// Whether its minimum is `cmk`.
    pub sensitive: Option<bool>,
    /// What every recommendation asks of the key.
    pub recommends: Option<KeyProperty>,
    /// Found by one of these kinds of evidence.
    pub evidence: Option<Vec<CategoryEvidence>>,
    /// Found by one of these kinds of evidence on this side alone, whatever stood before.
    pub own_evidence: Option<Vec<CategoryEvidence>>,
    /// Whether an explicit category was removed or lowered by this plan.
    pub lowered: Option<bool>,
    /// Whether this plan takes away what showed, without a tag, that the store needs more.
    pub requirement_lowered: Option<bool>,
    /// Whether tags name different categories.
    pub conflicting: Option<bool>,
    /// Whether a category that is missing or only assumed counts as much as an explicit one.
    pub strict: Option<bool>,
}

/// What a plan does to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Planned {
    /// Makes it where none was.
    Create,
    /// Changes it in place.
    Update,
    /// Makes another one in its place.
    Replace,
    /// Deletes it.
    Delete,
    /// Stops managing it, and leaves it as it is.
    Forget,
    /// Leaves it alone.
    NoOp,
}

/// How a category was found; strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CategoryEvidence {
    /// By a tag or an address pattern.
    Explicit,
    /// By its type, without doubt.
    Certain,
    /// By its type, as a rule.
    Assumed,
    /// From the category of the key that protects it.
    Inferred,
    /// Not at all.
    Unclassified,
}

/// A test of a protection level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelTest {
    /// Not below the category's minimum.
    AtLeastMinimum,
    /// Not below one of the category's recommendations.
    AtLeastRecommended,
    /// Not below this level.
    AtLeast(Level),
    /// Exactly this level.
    Equals(Level),
    /// Whether it is below the level before this plan.
    Lowered(bool),
}

/// A test of the customer managed keys that protect a part; all that is asked must hold of the same key.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyTest {
    /// Whether the key's own category is the store's; a key without a category counts as the same.
    pub same_category: Option<bool>,
    /// Whether it is a key of the hierarchy that the data belongs under; one that nothing recognises counts as such.
    pub in_its_place: Option<bool>,
    /// Whether the plan manages it.
    pub in_plan: Option<bool>,
    /// The properties that the key has.
    pub has: Vec<KeyProperty>,
    /// What holds in the key's resource.
    pub inner: Option<Box<Condition>>,
    /// How many of the keys must pass.
    pub keys: Quantifier,
}

/// A test of what configures a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanionTest {
    /// The companion's id.
    pub id: String,
    /// Whether one that was there before counts after, too: what AWS shows of the resource is then still its copy.
    pub or_before: bool,
}

/// A test of the stores that a key protects; all that is asked must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct UsersTest {
    /// They hold data of no more than so many explicit sensitive categories.
    pub sensitive_categories_at_most: Option<usize>,
    /// One of them holds data of a category whose every recommendation asks for this.
    pub recommend: Option<KeyProperty>,
    /// So many of the stores.
    pub amount: Option<Quantifier>,
    /// What holds in each of the stores that count.
    pub inner: Option<Box<Condition>>,
}

/// A test of a key's place in the key hierarchy; all that is asked must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceTest {
    /// Whether anything says what it is for.
    pub known: Option<bool>,
    /// So many keys of the plan stand in the same place.
    pub amount: Option<Quantifier>,
    /// What holds in each of the keys that count.
    pub inner: Option<Box<Condition>>,
}

/// What has become of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaiverState {
    /// Its last day has passed.
    Expired,
    /// It holds, and no finding of the plans under its configuration is one that it is about.
    Unmatched,
}

/// What becomes of the users of a key that is deleted, replaced or disabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Destruction {
    /// A store of this plan used it before, and stays.
    InUse,
    /// No store of this plan used it.
    Unused,
    /// Every store of this plan that used it is destroyed too.
    WithUsers,
}

impl Condition {
    /// Whether it asks something itself, instead of putting other conditions together.
    pub fn is_question(&self) -> bool {
        !matches!(self, Self::All(_) | Self::Any(_) | Self::Not(_))
    }

    /// Calls `visit` with every question that the condition is made of, and not with `all`, `any` and `not`. `before` is
    /// one, and what stands in it is, too; what stands inside `where`, `source` and the like is a condition of its own.
    pub fn for_each<'c>(&'c self, visit: &mut impl FnMut(&'c Self)) {
        match self {
            Self::All(several) | Self::Any(several) => several.iter().for_each(|one| one.for_each(visit)),
            Self::Not(one) => one.for_each(visit),
            Self::Before(one) => {
                visit(self);
                one.for_each(visit);
            }
            question => visit(question),
        }
    }

    /// Adds every condition in this one that has no further conditions in it, those inside `where` and `source` too.
    pub fn collect_leaves<'c>(&'c self, leaves: &mut Vec<&'c Self>) {
        match self {
            Self::All(several) | Self::Any(several) => several.iter().for_each(|one| one.collect_leaves(leaves)),
            Self::Not(one) | Self::Source(one) | Self::Before(one) => one.collect_leaves(leaves),
            Self::Path(PathTest { inner: Some(one), .. }) => one.collect_leaves(leaves),
            leaf => leaves.push(leaf),
        }
    }

    /// Whether it asks about the data category.
    pub fn asks_category(&self) -> bool {
        self.asks(|question| matches!(question, Self::Category(_)))
    }

    /// Whether it asks what held before this plan.
    pub fn asks_before(&self) -> bool {
        self.asks(|question| matches!(question, Self::Before(_)))
    }

    /// Whether it asks what a plan does, and so nothing of a state alone.
    pub fn asks_of_the_plan(&self) -> bool {
        self.asks(|question| {
            matches!(
                question,
                Self::Actions(_)
                    | Self::Before(_)
                    | Self::Changed(_)
                    | Self::Lowered(_)
                    | Self::ReplacedByEncryption(_)
                    | Self::Destroyed(_)
                    | Self::Level(LevelTest::Lowered(_))
            )
        })
    }

    /// Whether any of its questions is such.
    pub fn asks(&self, such: impl Fn(&Self) -> bool) -> bool {
        let mut asked = false;
        self.for_each(&mut |question| asked |= such(question));
        asked
    }

    /// Whether the condition asks about the stores that a key protects.
    pub fn asks_users(&self) -> bool {
        self.asks(|question| matches!(question, Self::Users(_)))
    }

    /// Whether the condition asks what becomes of the users of a key that goes away.
    pub fn asks_destroyed(&self) -> bool {
        self.asks(|question| matches!(question, Self::Destroyed(_)))
    }

    /// Whether the condition asks whether a plan does something; `None`: whatever it is.
    pub fn asks_actions(&self, such: Option<Planned>) -> bool {
        self.asks(|question| match question {
            Self::Actions(actions) => such.is_none_or(|one| actions.contains(&one)),
            _ => false,
        })
    }

    /// Whether the condition asks of how many sensitive categories a key protects data.
    pub fn asks_sharing(&self) -> bool {
        self.asks(|question| matches!(question, Self::Users(test) if test.sensitive_categories_at_most.is_some()))
    }

    /// Calls `visit` with every relation to other resources that the condition asks for, and not with those that it asks for
    /// inside them.
    pub fn for_each_relation<'c>(&'c self, visit: &mut impl FnMut(&'c RelationTest)) {
        self.for_each(&mut |question| {
            if let Self::Related(test) = question {
                visit(test);
            }
        });
    }

    /// Calls `visit` with every companion of the catalog that the condition asks for.
    pub fn for_each_companion(&self, visit: &mut impl FnMut(&str)) {
        self.for_each(&mut |question| {
            if let Self::Companion(test) = question {
                visit(&test.id);
            }
        });
    }

    /// Calls `visit` with every path that the condition follows from the source of a part.
    pub fn for_each_source_path(&self, visit: &mut impl FnMut(&Path)) {
        self.for_each(&mut |question| {
            if let Self::Source(inner) = question {
                inner.for_each_path(visit);
            }
        });
    }

    /// Calls `visit` with every path in the condition.
    pub fn for_each_path(&self, visit: &mut impl FnMut(&Path)) {
        self.for_each(&mut |question| match question {
            Self::Path(test) => visit(&test.path),
            Self::Range(test) => {
                visit(&test.from);
                visit(&test.to);
            }
            Self::Lowered(test) => visit(&test.path),
            Self::Changed(test) => visit(&test.path),
            _ => {}
        });
    }
}
