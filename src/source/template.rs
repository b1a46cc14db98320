//! Templates as Terraform reads them: strip markers applied, and the indentation of `<<-` heredocs taken away.
//!
//! The parser keeps markers beside the texts, and takes indentation away in a way of its own. Terraform looks at one line
//! at a time: a marker in a heredoc strips no further than to the end of its line.
//! (<https://github.com/hashicorp/hcl/blob/v2.23.0/hclsyntax/parser_template.go>)

use hcl_edit::Span;
use hcl_edit::structure::Body;
use hcl_edit::template::{Directive, Element, HeredocTemplate, StringTemplate, Strip, Template};
use hcl_edit::visit_mut::{self, VisitMut};

/// Brings all templates of a file into the form that they are evaluated in.
pub(super) fn settle(body: &mut Body, text: &str) {
    Settle { text }.visit_body_mut(body);
}

/// Applies the strip markers of a template that stands in no file.
pub(super) fn settle_alone(template: &mut Template) {
    let mut tokens = Vec::new();
    walk(template, &mut tokens, &|literal| vec![literal.value().clone()]);
    strip(&mut tokens);
    assign(template, &mut tokens.into_iter());
}

struct Settle<'t> {
    text: &'t str,
}

impl VisitMut for Settle<'_> {
    fn visit_string_template_mut(&mut self, node: &mut StringTemplate) {
        settle_alone(node);
        visit_mut::visit_string_template_mut(self, node);
    }

    fn visit_heredoc_template_mut(&mut self, node: &mut HeredocTemplate) {
        self.heredoc(node);
        visit_mut::visit_heredoc_template_mut(self, node);
    }
}

impl Settle<'_> {
    fn heredoc(&self, node: &mut HeredocTemplate) {
        let introducer = node.span().and_then(|span| self.text.get(span));
        let indented = introducer.is_some_and(|text| text.starts_with("<<-"));
        let mut tokens = Vec::new();
        collect_spanned(&node.template, self.text, &mut tokens);
        strip(&mut tokens);
        if indented {
            dedent(&mut tokens);
        }
        assign(&mut node.template, &mut tokens.into_iter());
    }
}

/// A piece of a template as Terraform's scanner gives it.
#[derive(Debug)]
enum Token {
    /// Lines of one literal; all of a quoted one.
    Literal(Vec<String>),
    /// An interpolation, or a part of a directive.
    Sequence(Strip),
}

fn collect_spanned(template: &Template, text: &str, tokens: &mut Vec<Token>) {
    walk(template, tokens, &|literal| {
        // The literal as it was before the parser took indentation away.
        let raw = literal.span().and_then(|span| text.get(span));
        let raw = raw.map_or_else(
            || literal.value().clone(),
            |raw| raw.replace("$${", "${").replace("%%{", "%{"),
        );
        raw.split_inclusive('\n').map(str::to_owned).collect()
    });
}

fn walk(template: &Template, tokens: &mut Vec<Token>, lines: &dyn Fn(&hcl_edit::Spanned<String>) -> Vec<String>) {
    for element in template {
        match element {
            Element::Literal(literal) => tokens.push(Token::Literal(lines(literal))),
            Element::Interpolation(interpolation) => tokens.push(Token::Sequence(interpolation.strip)),
            Element::Directive(directive) => match directive.as_ref() {
                Directive::If(choice) => {
                    tokens.push(Token::Sequence(choice.if_expr.strip));
                    walk(&choice.if_expr.template, tokens, lines);
                    if let Some(otherwise) = &choice.else_expr {
                        tokens.push(Token::Sequence(otherwise.strip));
                        walk(&otherwise.template, tokens, lines);
                    }
                    tokens.push(Token::Sequence(choice.endif_expr.strip));
                }
                Directive::For(each) => {
                    tokens.push(Token::Sequence(each.for_expr.strip));
                    walk(&each.for_expr.template, tokens, lines);
                    tokens.push(Token::Sequence(each.endfor_expr.strip));
                }
            },
        }
    }
}

fn strip(tokens: &mut [Token]) {
    let mut strips_next = false;
    for position in 0..tokens.len() {
        let (before, rest) = tokens.split_at_mut(position);
        match rest.first_mut() {
            Some(Token::Literal(lines)) => {
                if let Some(first) = lines.first_mut().filter(|_| strips_next) {
                    *first = first.trim_start().to_owned();
                }
                strips_next = false;
            }
            Some(Token::Sequence(strip)) => {
                if strip.strip_start()
                    && let Some(Token::Literal(lines)) = before.last_mut()
                    && let Some(last) = lines.last_mut()
                {
                    *last = last.trim_end().to_owned();
                }
                strips_next = strip.strip_end();
            }
            None => {}
        }
    }
}

fn dedent(tokens: &mut [Token]) {
    let mut least: Option<usize> = None;
    let mut at_line_start = true;
    // Terraform leaves blank lines as they are.
    let blank = |line: &str| line.ends_with('\n') && line.trim().is_empty();
    let mut visit = |line: &str, begins: bool| {
        if begins && !blank(line) {
            let spaces = line.chars().take_while(|c| c.is_whitespace()).count();
            least = Some(least.map_or(spaces, |least| least.min(spaces)));
        }
    };
    for token in tokens.iter() {
        match token {
            Token::Literal(lines) => {
                for line in lines {
                    visit(line, at_line_start);
                    at_line_start = line.ends_with('\n');
                }
            }
            Token::Sequence(_) => {
                visit("", at_line_start);
                at_line_start = false;
            }
        }
    }
    let least = least.unwrap_or(0);
    let mut at_line_start = true;
    for token in tokens.iter_mut() {
        match token {
            Token::Literal(lines) => {
                for line in lines {
                    let next = line.ends_with('\n');
                    if at_line_start && !blank(line) {
                        *line = line.chars().skip(least).collect();
                    }
                    at_line_start = next;
                }
            }
            Token::Sequence(_) => at_line_start = false,
        }
    }
}

/// Puts the texts back, in the order that they were collected in.
fn assign(template: &mut Template, tokens: &mut std::vec::IntoIter<Token>) {
    let elements: Vec<Element> = std::mem::take(template).into_iter().collect();
    for mut element in elements {
        match &mut element {
            Element::Literal(literal) => {
                if let Some(Token::Literal(lines)) = tokens.next() {
                    *literal.as_mut() = lines.concat();
                }
            }
            Element::Interpolation(interpolation) => {
                tokens.next();
                interpolation.strip = Strip::None;
            }
            Element::Directive(directive) => match directive.as_mut() {
                Directive::If(choice) => {
                    tokens.next();
                    choice.if_expr.strip = Strip::None;
                    assign(&mut choice.if_expr.template, tokens);
                    if let Some(otherwise) = &mut choice.else_expr {
                        tokens.next();
                        otherwise.strip = Strip::None;
                        assign(&mut otherwise.template, tokens);
                    }
                    tokens.next();
                    choice.endif_expr.strip = Strip::None;
                }
                Directive::For(each) => {
                    tokens.next();
                    each.for_expr.strip = Strip::None;
                    assign(&mut each.for_expr.template, tokens);
                    tokens.next();
                    each.endfor_expr.strip = Strip::None;
                }
            },
        }
        template.push(element);
    }
}
