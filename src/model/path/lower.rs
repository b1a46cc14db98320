//! From the parser's tree to steps, with what RFC 9535 and planseal do not allow refused.

use jsonpath_rust::parser::errors::JsonPathError;
use jsonpath_rust::parser::model::{
    Comparable, Comparison, Filter as Parsed, FilterAtom, FnArg, Literal, Segment, Selector as ParsedSelector,
    SingularQuery, SingularQuerySegment, Test, TestFunction,
};
use jsonpath_rust::parser::parse_json_path;
use serde_json::{Number, Value};

use super::error::PathError;
use super::filter::{Compared, Filter, Operand, Pattern, Query};
use super::token::{Placed, Token, tokens};
use super::{MAX_LENGTH, PathStep, Selector, Slice};

const FUNCTIONS: [&str; 5] = ["length", "count", "match", "search", "value"];

/// The steps of a path.
pub(super) fn steps(text: &str) -> Result<Vec<PathStep>, PathError> {
    if !text.starts_with('$') {
        return Err(PathError::at(text, 0, 1, "not a JSONPath: it must start with `$.`"));
    }
    if let Some((end, _)) = text.char_indices().nth(MAX_LENGTH) {
        let message = format!("the path is longer than {MAX_LENGTH} characters");
        return Err(PathError::at(text, end, 1, message).with_help("split it: ask about the inner part under `where:`"));
    }
    let tokens = tokens(text)?;
    check(text, &tokens)?;
    let query = parse_json_path(text).map_err(|error| explained(text, &tokens, &error))?;
    let functions = tokens.iter().filter(|one| one.token == Token::Function).copied();
    Lowering {
        text,
        tokens: &tokens,
        functions: functions.collect::<Vec<_>>().into_iter(),
    }
    .query(&query.segments)
}

/// What can be told without the parser.
fn check(text: &str, tokens: &[Placed]) -> Result<(), PathError> {
    let mut descents = 0_usize;
    let mut open: Vec<(char, usize)> = Vec::new();
    for one in tokens {
        match one.token {
            Token::Sign(sign @ ('[' | '(')) => open.push((sign, one.start)),
            Token::Sign(sign @ (']' | ')')) => match open.pop() {
                Some((other, place)) if closing(other) != sign => return Err(unclosed(text, other, place)),
                _ => {}
            },
            _ => {}
        }
        let name = text.get(one.start..one.end).unwrap_or_default();
        let width = name.chars().count();
        match one.token {
            Token::Root => {
                let message = "a filter asks about the element (`@`) alone, not about the whole resource (`$`)";
                return Err(PathError::at(text, one.start, width, message).with_help(
                    "start with `@`, or ask about the rest of the resource in a condition of its own, under `all:`",
                ));
            }
            Token::Descent => {
                descents = descents.saturating_add(1);
                if descents > 1 {
                    return Err(PathError::at(text, one.start, width, "a path has one `..` at most")
                        .with_help("name the attributes on the way, or use `[*]`"));
                }
            }
            Token::Function if !FUNCTIONS.contains(&name) => {
                let known: Vec<String> = FUNCTIONS.iter().map(|name| format!("`{name}()`")).collect();
                return Err(
                    PathError::at(text, one.start, width, format!("unknown function `{name}()`"))
                        .with_help(format!("JSONPath has {}", known.join(", "))),
                );
            }
            _ => {}
        }
    }
    match open.pop() {
        Some((sign, place)) => Err(unclosed(text, sign, place)),
        None => Ok(()),
    }
}

fn closing(sign: char) -> char {
    if sign == '[' { ']' } else { ')' }
}

fn unclosed(text: &str, sign: char, place: usize) -> PathError {
    let other = closing(sign);
    PathError::at(text, place, 1, format!("not a JSONPath: a `{sign}` has no `{other}`"))
        .with_help(format!("add `{other}` where it ends"))
}

/// Some of the parser's errors have no place: they are about functions.
fn explained(text: &str, tokens: &[Placed], error: &JsonPathError) -> PathError {
    let JsonPathError::InvalidJsonPath(said) = error else {
        return PathError::syntax(text, error);
    };
    for one in tokens.iter().filter(|one| one.token == Token::Function) {
        let name = text.get(one.start..one.end).unwrap_or_default();
        if said.starts_with(&format!("Function {name}(")) {
            return compared_truth(text, *one);
        }
        if said.contains(&format!("`{name}`")) {
            return takes_nodes(text, *one);
        }
    }
    PathError::syntax(text, error)
}

fn compared_truth(text: &str, function: Placed) -> PathError {
    let name = text.get(function.start..function.end).unwrap_or_default();
    let message = format!("`{name}()` is true or false, and has no value");
    PathError::at(text, function.start, name.chars().count(), message).with_help(format!(
        "write it alone: `[?{name}(@.name, 'a.*')]`, or `[?!{name}(…)]` for the opposite"
    ))
}

fn takes_nodes(text: &str, function: Placed) -> PathError {
    let name = text.get(function.start..function.end).unwrap_or_default();
    let width = name.chars().count();
    PathError::at(text, function.start, width, format!("`{name}()` takes a path"))
        .with_help(format!("write a path that starts with `@`: `{name}(@.rules[*])`"))
}

struct Lowering<'t> {
    text: &'t str,
    tokens: &'t [Placed],
    /// In the order in which the tree is walked, which is that of the text.
    functions: std::vec::IntoIter<Placed>,
}

impl Lowering<'_> {
    fn query(&mut self, segments: &[Segment]) -> Result<Vec<PathStep>, PathError> {
        segments.iter().map(|segment| self.step(segment)).collect()
    }

    fn step(&mut self, segment: &Segment) -> Result<PathStep, PathError> {
        Ok(match segment {
            Segment::Selector(only) => single(self.selector(only)?),
            Segment::Selectors(several) => PathStep::Several(self.selectors(several)?),
            Segment::Descendant(inner) => PathStep::Descendants(match inner.as_ref() {
                Segment::Selector(only) => vec![self.selector(only)?],
                Segment::Selectors(several) => self.selectors(several)?,
                Segment::Descendant(_) => return Err(PathError::at(self.text, 0, 1, "not a JSONPath")),
            }),
        })
    }

    fn selectors(&mut self, several: &[ParsedSelector]) -> Result<Vec<Selector>, PathError> {
        several.iter().map(|one| self.selector(one)).collect()
    }

    fn selector(&mut self, selector: &ParsedSelector) -> Result<Selector, PathError> {
        Ok(match selector {
            ParsedSelector::Name(name) => Selector::Name(name.as_str().into()),
            ParsedSelector::Wildcard => Selector::Wildcard,
            ParsedSelector::Index(index) => Selector::Index(*index),
            ParsedSelector::Slice(start, end, step) => self.slice(*start, *end, step.unwrap_or(1))?,
            ParsedSelector::Filter(filter) => Selector::Filter(self.filter(filter)?),
        })
    }

    fn slice(&self, start: Option<i64>, end: Option<i64>, step: i64) -> Result<Selector, PathError> {
        if step == 0 {
            let colon = self.tokens.iter().rfind(|one| one.token == Token::Sign(':'));
            let place = colon.map_or(0, |one| one.end);
            return Err(
                PathError::at(self.text, place, 1, "a slice with a step of 0 selects nothing")
                    .with_help("leave the step out, or write 1 or more (-1 and less go backwards)"),
            );
        }
        Ok(Selector::Slice(Slice { start, end, step }))
    }

    fn filter(&mut self, filter: &Parsed) -> Result<Filter, PathError> {
        Ok(match filter {
            Parsed::Or(several) => Filter::Any(self.filters(several)?),
            Parsed::And(several) => Filter::All(self.filters(several)?),
            Parsed::Atom(FilterAtom::Filter { expr, not }) => negated(self.filter(expr)?, *not),
            Parsed::Atom(FilterAtom::Test { expr, not }) => negated(self.test(expr)?, *not),
            Parsed::Atom(FilterAtom::Comparison(comparison)) => {
                let (left, right) = comparison.vals();
                let left = self.comparable(left)?;
                let right = self.comparable(right)?;
                Filter::Compare(left, compared(comparison), right)
            }
        })
    }

    fn filters(&mut self, several: &[Parsed]) -> Result<Vec<Filter>, PathError> {
        several.iter().map(|one| self.filter(one)).collect()
    }

    fn test(&mut self, test: &Test) -> Result<Filter, PathError> {
        match test {
            Test::RelQuery(segments) => Ok(Filter::Exists(self.query(segments)?)),
            Test::AbsQuery(_) => Err(self.absolute()),
            Test::Function(function) => match function.as_ref() {
                TestFunction::Match(text, pattern) => self.matches(text, pattern, true),
                TestFunction::Search(text, pattern) => self.matches(text, pattern, false),
                _ => Err(self.at_function(|name| {
                    (
                        format!("`{name}()` is a value, and neither true nor false"),
                        format!("compare it: `{name}(…) == 1`"),
                    )
                })),
            },
        }
    }

    fn comparable(&mut self, comparable: &Comparable) -> Result<Operand, PathError> {
        match comparable {
            Comparable::Literal(literal) => self.literal(literal).map(Operand::Literal),
            Comparable::Function(function) => self.function(function),
            Comparable::SingularQuery(SingularQuery::Root(_)) => Err(self.absolute()),
            Comparable::SingularQuery(SingularQuery::Current(segments)) => {
                let steps = segments.iter().map(|segment| match segment {
                    SingularQuerySegment::Name(name) => single(Selector::Name(name.as_str().into())),
                    SingularQuerySegment::Index(index) => single(Selector::Index(*index)),
                });
                Ok(Operand::Node(steps.collect()))
            }
        }
    }

    /// A function that has a value.
    fn function(&mut self, function: &TestFunction) -> Result<Operand, PathError> {
        match function {
            TestFunction::Length(argument) => {
                let place = self.functions.next();
                let value = self.value(argument, place)?;
                Ok(Operand::Length(Box::new(value)))
            }
            TestFunction::Count(argument) => {
                let place = self.functions.next();
                self.nodes(argument, place).map(Operand::Count)
            }
            TestFunction::Value(argument) => {
                let place = self.functions.next();
                self.nodes(argument, place).map(Operand::Only)
            }
            TestFunction::Match(..) | TestFunction::Search(..) | TestFunction::Custom(..) => {
                let place = self.functions.next();
                Err(compared_truth(self.text, place.unwrap_or(self.start())))
            }
        }
    }

    /// An argument that is one value.
    fn value(&mut self, argument: &FnArg, function: Option<Placed>) -> Result<Operand, PathError> {
        match argument {
            FnArg::Literal(literal) => self.literal(literal).map(Operand::Literal),
            FnArg::Test(test) => match test.as_ref() {
                Test::Function(inner) => self.function(inner),
                Test::RelQuery(segments) => {
                    let steps = self.query(segments)?;
                    if steps.iter().all(is_singular) {
                        Ok(Operand::Node(steps))
                    } else {
                        Err(self.takes_one(function))
                    }
                }
                Test::AbsQuery(_) => Err(self.absolute()),
            },
            FnArg::Filter(_) => Err(self.takes_one(function)),
        }
    }

    /// An argument that is any number of nodes.
    fn nodes(&mut self, argument: &FnArg, function: Option<Placed>) -> Result<Query, PathError> {
        match argument {
            FnArg::Test(test) => match test.as_ref() {
                Test::RelQuery(segments) => self.query(segments),
                Test::AbsQuery(_) => Err(self.absolute()),
                Test::Function(_) => Err(takes_nodes(self.text, function.unwrap_or(self.start()))),
            },
            FnArg::Literal(_) | FnArg::Filter(_) => Err(takes_nodes(self.text, function.unwrap_or(self.start()))),
        }
    }

    fn matches(&mut self, text: &FnArg, pattern: &FnArg, whole: bool) -> Result<Filter, PathError> {
        let place = self.functions.next();
        let operand = self.value(text, place)?;
        let FnArg::Literal(Literal::String(written)) = pattern else {
            return Err(self.of_function(place, |name| {
                (
                    format!("the pattern of `{name}()` is not written as a text"),
                    format!("write it in quotes: `{name}(@.name, 'a.*')`"),
                )
            }));
        };
        match Pattern::new(written, whole) {
            Ok(pattern) => Ok(Filter::Matches(operand, pattern)),
            Err(why) => {
                let place = self.pattern_of(place);
                let help = if why.contains("too large") {
                    "repeat less: smaller numbers in `{…}`, and not one inside another"
                } else {
                    "mend it, or put `\\\\` before a sign that stands for itself: `\\\\(`"
                };
                let message = format!("not a regular expression: {why}");
                Err(PathError::at(self.text, place.start, 1, message).with_help(help))
            }
        }
    }

    /// Where the second argument of a function stands.
    fn pattern_of(&self, function: Option<Placed>) -> Placed {
        let function = function.unwrap_or(self.start());
        let behind = self.tokens.iter().filter(|one| one.start >= function.end);
        let mut depth = 0_usize;
        let mut second = false;
        for one in behind {
            match one.token {
                Token::Sign('(' | '[') => depth = depth.saturating_add(1),
                Token::Sign(')' | ']') => depth = depth.saturating_sub(1),
                Token::Sign(',') if depth == 1 => second = true,
                Token::Text if second => return *one,
                _ => {}
            }
        }
        function
    }

    fn literal(&self, literal: &Literal) -> Result<Value, PathError> {
        Ok(match literal {
            Literal::Int(number) => Value::from(*number),
            Literal::Float(number) => {
                let number = Number::from_f64(*number);
                let too_large = || PathError::at(self.text, 0, 1, "a number in the path is too large");
                Value::Number(number.ok_or_else(too_large)?)
            }
            Literal::String(text) => Value::from(text.as_str()),
            Literal::Bool(flag) => Value::from(*flag),
            Literal::Null => Value::Null,
        })
    }

    fn takes_one(&self, function: Option<Placed>) -> PathError {
        self.of_function(function, |name| {
            (
                format!("`{name}()` takes one value, and this path may select several"),
                "use names and positions alone, or `count()` for how many nodes a path selects".to_owned(),
            )
        })
    }

    fn at_function(&mut self, say: impl Fn(&str) -> (String, String)) -> PathError {
        let place = self.functions.next();
        self.of_function(place, say)
    }

    fn of_function(&self, function: Option<Placed>, say: impl Fn(&str) -> (String, String)) -> PathError {
        let place = function.unwrap_or(self.start());
        let name = self.text.get(place.start..place.end).unwrap_or_default();
        let (message, help) = say(name);
        PathError::at(self.text, place.start, name.chars().count(), message).with_help(help)
    }

    fn absolute(&self) -> PathError {
        PathError::at(self.text, 0, 1, "a filter asks about the element (`@`) alone")
    }

    fn start(&self) -> Placed {
        Placed {
            token: Token::Root,
            start: 0,
            end: 1,
        }
    }
}

fn single(selector: Selector) -> PathStep {
    match selector {
        Selector::Name(name) => PathStep::Name(name),
        Selector::Wildcard => PathStep::Wildcard,
        Selector::Index(index) => {
            usize::try_from(index).map_or_else(|_| PathStep::Several(vec![selector]), PathStep::Index)
        }
        other => PathStep::Several(vec![other]),
    }
}

fn is_singular(step: &PathStep) -> bool {
    match step {
        PathStep::Name(_) | PathStep::Index(_) => true,
        PathStep::Several(selectors) => matches!(selectors.as_slice(), [Selector::Index(_)]),
        PathStep::Wildcard | PathStep::Descendants(_) => false,
    }
}

fn negated(filter: Filter, not: bool) -> Filter {
    if not { Filter::Not(Box::new(filter)) } else { filter }
}

fn compared(comparison: &Comparison) -> Compared {
    match comparison {
        Comparison::Eq(..) => Compared::Equal,
        Comparison::Ne(..) => Compared::Unequal,
        Comparison::Lt(..) => Compared::Less,
        Comparison::Lte(..) => Compared::LessOrEqual,
        Comparison::Gt(..) => Compared::Greater,
        Comparison::Gte(..) => Compared::GreaterOrEqual,
    }
}
