//! Which expressions Terraform may refuse once it knows what is in them.

use hcl_edit::expr::{Expression, FuncCall, TraversalOperator};
use hcl_edit::visit::{self, Visit};

/// Functions that take any value of the type that they are written for.
const NEVER_REFUSE: [&str; 34] = [
    "alltrue",
    "anytrue",
    "can",
    "coalescelist",
    "compact",
    "concat",
    "contains",
    "distinct",
    "endswith",
    "flatten",
    "join",
    "jsonencode",
    "keys",
    "length",
    "lower",
    "merge",
    "nonsensitive",
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

/// Whether an expression has a function that refuses some values, or an index that is not `known`.
pub(super) fn is_risky(expression: &Expression, known: &dyn Fn(&Expression) -> bool) -> bool {
    let mut look = Look { risky: false, known };
    look.visit_expr(expression);
    look.risky
}

struct Look<'k> {
    risky: bool,
    known: &'k dyn Fn(&Expression) -> bool,
}

impl Visit for Look<'_> {
    fn visit_func_call(&mut self, node: &FuncCall) {
        let name = node.name.name.as_str();
        if name == "try" {
            // It goes on to its last argument.
            if let Some(last) = node.args.iter().last() {
                self.visit_expr(last);
            }
            return;
        }
        self.risky |= !NEVER_REFUSE.contains(&name) && name != "coalesce" && name != "one" && name != "format";
        visit::visit_func_call(self, node);
    }

    fn visit_traversal_operator(&mut self, node: &TraversalOperator) {
        if let TraversalOperator::Index(key) = node {
            self.risky |= !(self.known)(key);
        }
        visit::visit_traversal_operator(self, node);
    }
}
