//! The kind of a field's type, as far as its tokens show.

use crate::ast::{Case, Value, ValueBody, Variant, last_name};
use crate::check::option_of;
use syn::Type;

/// The type of the field that a level rule matches on.
pub(super) struct Kind<'b> {
    /// Whether the type is written `Option<..>`.
    pub(super) is_option: bool,
    pub(super) held: Held<'b>,
}

/// The type of the value, or of the value in an `Option`.
#[derive(Clone, Copy)]
pub(super) enum Held<'b> {
    Bool,
    Integer {
        min: i128,
        max: i128,
    },
    Float,
    Text,
    /// An enum of the same block.
    Enum(&'b [Variant]),
    /// An enum that is declared elsewhere, an alias, or a type that only rustc knows.
    Other,
}

impl<'b> Kind<'b> {
    pub(super) fn of(ty: &Type, values: &'b [Value]) -> Self {
        let inner = option_of(ty);
        Self { is_option: inner.is_some(), held: held(inner.unwrap_or(ty), values) }
    }

    /// Whether the macro knows the type.
    pub(super) const fn is_known(&self) -> bool {
        !matches!(self.held, Held::Other)
    }

    /// What to write instead of a case that does not match the type.
    pub(super) fn wanted(&self, case: &Case) -> Option<String> {
        let example =
            |case: &str| if self.is_option { format!("Some({case})") } else { case.to_owned() };
        match (self.held, case) {
            (_, Case::Any | Case::None(_))
            | (Held::Other, _)
            | (Held::Bool, Case::Bool(_))
            | (Held::Integer { .. }, Case::Integers { .. })
            | (Held::Text, Case::Text(_))
            // The type may be `AsRef<str>`: rustc checks that.
            | (Held::Enum(_), Case::Text(_) | Case::Variant { .. }) => None,
            (Held::Enum(variants), _) => {
                let first = variants.first().map(super::bodied).unwrap_or_default();
                Some(format!("write a variant: `{}`", example(&first)))
            }
            (Held::Bool, _) => Some(format!("write `{}` or `{}`", example("true"), example("false"))),
            (Held::Integer { .. }, Case::Text(text)) if text.value().parse::<i128>().is_ok() => {
                Some(format!("write `{}`", example(&text.value())))
            }
            (Held::Integer { .. }, _) => {
                Some(format!("write a number or a range of numbers: `{}`, `{}`", example("404"), example("400..=499")))
            }
            (Held::Text, Case::Integers { low, high }) if low == high => {
                Some(format!("write a text: `{}`", example(&format!("\"{low}\""))))
            }
            (Held::Text, Case::Variant { path, .. }) => {
                let word = event_grammar::name::snake(&last_name(path));
                Some(format!("write a text: `{}`", example(&format!("\"{word}\""))))
            }
            (Held::Text | Held::Float, _) => Some(format!("write a text: `{}`", example("\"timeout\""))),
        }
    }
}

fn held<'b>(ty: &Type, values: &'b [Value]) -> Held<'b> {
    let Type::Path(path) = ty else { return Held::Other };
    let Some(last) = path.path.segments.last().filter(|_| path.qself.is_none()) else {
        return Held::Other;
    };
    let word = last.ident.to_string();
    // With a path, it may be a type of the user's own.
    if path.path.segments.len() > 1 && word != "Str" && word != "String" {
        return Held::Other;
    }
    let (min, max) = match word.as_str() {
        "bool" => return Held::Bool,
        "f32" | "f64" => return Held::Float,
        "Str" | "String" => return Held::Text,
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" => (0, u64::MAX.into()),
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        "i64" => (i64::MIN.into(), i64::MAX.into()),
        _ => {
            let declared =
                values.iter().find(|value| value.head.ident == word).map(|value| &value.body);
            return match declared {
                // With a `cfg`, the macro does not know whether a variant exists.
                Some(ValueBody::Enum(variants))
                    if variants.iter().all(|one| crate::ast::cfgs(&one.attrs).is_empty()) =>
                {
                    Held::Enum(variants)
                }
                _ => Held::Other,
            };
        }
    };
    Held::Integer { min, max }
}
