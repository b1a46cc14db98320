//! Templates: `"arn:aws:kms:${local.region}:…"`, heredocs, `%{ if … }`.

use hcl_edit::template::{Directive, Element, ForDirective, IfDirective, Template};
use serde_json::Value;

use super::partial::{Kind, Partial, combinations, text_of};
use super::scope::Scope;
use crate::model::resolve::{Opaque, Resolver};

/// Texts that a template with choices may come to, at most.
const MAX_CHOICES: usize = 16;

impl Resolver<'_, '_> {
    /// A template. One that is an interpolation alone is the value itself.
    pub(super) fn template(&self, template: &Template, scope: &Scope<'_>) -> Partial {
        let mut elements = template.iter();
        if let (Some(Element::Interpolation(only)), None) = (elements.next(), elements.next()) {
            return self.evaluate(&only.expr, scope);
        }
        let mut parts = Vec::new();
        self.parts(template, scope, &mut parts);
        self.joined(&parts)
    }

    fn parts(&self, template: &Template, scope: &Scope<'_>, parts: &mut Vec<Partial>) {
        for element in template {
            match element {
                Element::Literal(text) => parts.push(text.value().clone().into()),
                Element::Interpolation(interpolation) => parts.push(self.evaluate(&interpolation.expr, scope)),
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(choice) => parts.push(self.if_directive(choice, scope)),
                    Directive::For(each) => self.for_directive(each, scope, parts),
                },
            }
        }
    }

    fn if_directive(&self, choice: &IfDirective, scope: &Scope<'_>) -> Partial {
        let condition = self.evaluate(&choice.if_expr.cond_expr, scope);
        let text = |template: &Template| {
            let mut parts = Vec::new();
            self.parts(template, scope, &mut parts);
            self.joined(&parts)
        };
        self.choose(
            &condition,
            || text(&choice.if_expr.template),
            || match &choice.else_expr {
                Some(otherwise) => text(&otherwise.template),
                None => String::new().into(),
            },
        )
    }

    fn for_directive(&self, each: &ForDirective, scope: &Scope<'_>, parts: &mut Vec<Partial>) {
        let intro = &each.for_expr;
        let collection = self.evaluate(&intro.collection_expr, scope);
        let ordered = !self.opened(&collection).is_unordered();
        let Some(pairs) = self.pairs(&collection).filter(|_| ordered) else {
            parts.push(Opaque::Undecided("the collection of a template is known only after apply".into()).into());
            return;
        };
        for (key, value) in pairs {
            let mut inner = scope.bind(intro.value_var.as_str(), value);
            if let Some(name) = &intro.key_var {
                inner = inner.bind(name.as_str(), key);
            }
            self.parts(&intro.template, &inner, parts);
        }
    }

    /// The text that parts come to.
    pub(super) fn joined(&self, parts: &[Partial]) -> Partial {
        let settled: Vec<Partial> = parts.iter().map(|part| self.settled(part)).collect();
        match combinations(&settled, MAX_CHOICES) {
            Some(texts) => Partial::one_of(texts.into_iter().map(one_text).collect()),
            None => Partial::text(flat(settled)),
        }
    }
}

/// Parts of parts, in order.
fn flat(parts: Vec<Partial>) -> Vec<Partial> {
    parts
        .into_iter()
        .flat_map(|part| match &part.kind {
            Kind::Text(inner) => inner.iter().map(|one| one.clone().through(&part.via)).collect(),
            _ => vec![part],
        })
        .collect()
}

fn one_text(parts: Vec<Partial>) -> Partial {
    let mut out: Vec<Partial> = Vec::new();
    for part in flat(parts) {
        match (&part.kind, out.last_mut().map(|last| &mut last.kind)) {
            (Kind::Null | Kind::Invalid | Kind::Object(_) | Kind::List(_) | Kind::Set(_), _) => {
                return Partial::invalid();
            }
            (Kind::Scalar(value), Some(Kind::Scalar(Value::String(text)))) => {
                text.push_str(&text_of(value).unwrap_or_default());
            }
            (Kind::Scalar(value), _) => {
                let text = text_of(value).unwrap_or_default();
                out.push(Partial::from(text).through(&part.via));
            }
            _ => out.push(part),
        }
    }
    match (out.len(), out.pop()) {
        (0, _) => String::new().into(),
        (1, Some(only)) if matches!(only.kind, Kind::Scalar(_)) => only,
        (_, last) => {
            out.extend(last);
            Partial::text(out)
        }
    }
}
