//! Which expressions Terraform may refuse once it knows what is in them.

use hcl_edit::expr::{Expression, FuncCall, Traversal, TraversalOperator};
use hcl_edit::visit::{self, Visit};

use super::partial::Kind;
use super::scope::Scope;
use crate::model::resolve::Resolver;

/// Functions that take any value of the type that they are written for.
const NEVER_REFUSE: [&str; 37] = [
    "alltrue",
    "anytrue",
    "can",
    "coalesce",
    "coalescelist",
    "compact",
    "concat",
    "contains",
    "distinct",
    "endswith",
    "flatten",
    "format",
    "join",
    "jsonencode",
    "keys",
    "length",
    "lower",
    "merge",
    "nonsensitive",
    "one",
    "replace",
    "reverse",
    "sensitive",
    "sort",
    "split",
    "startswith",
    "strcontains",
    "tolist",
    "tomap",
    "toset",
    "tostring",
    "trim",
    "trimprefix",
    "trimspace",
    "trimsuffix",
    "upper",
    "values",
];

impl Resolver<'_, '_> {
    /// Whether an expression has a function that refuses some values, or a step into something that may not be there.
    pub(super) fn is_risky(&self, expression: &Expression, scope: &Scope<'_>) -> bool {
        let mut look = Look {
            resolver: self,
            scope,
            risky: false,
        };
        look.visit_expr(expression);
        look.risky
    }

    /// Whether a step of a traversal leads into one of several values, or by a key that is not known.
    fn may_miss(&self, traversal: &Traversal, scope: &Scope<'_>) -> bool {
        let by_unknown_key = traversal.operators.iter().any(|operator| match operator.value() {
            TraversalOperator::Index(key) => self.scalar(&self.evaluate(key, scope)).is_none(),
            _ => false,
        });
        let mut shorter = traversal.clone();
        while !by_unknown_key && shorter.operators.pop().is_some() && !shorter.operators.is_empty() {
            let around = self.opened(&self.traversal(&shorter, scope));
            if matches!(around.kind, Kind::OneOf(_) | Kind::Elements(_)) {
                return true;
            }
        }
        by_unknown_key
    }
}

struct Look<'a, 'm, 'p> {
    resolver: &'a Resolver<'m, 'p>,
    scope: &'a Scope<'a>,
    risky: bool,
}

impl Visit for Look<'_, '_, '_> {
    fn visit_func_call(&mut self, node: &FuncCall) {
        let name = node.name.name.as_str();
        if name == "try" {
            // It goes on to its last argument.
            if let Some(last) = node.args.iter().last() {
                self.visit_expr(last);
            }
            return;
        }
        self.risky |= !NEVER_REFUSE.contains(&name);
        visit::visit_func_call(self, node);
    }

    fn visit_traversal(&mut self, node: &Traversal) {
        self.risky = self.risky || self.resolver.may_miss(node, self.scope);
        visit::visit_traversal(self, node);
    }
}
