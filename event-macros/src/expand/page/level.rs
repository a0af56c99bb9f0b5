//! Documents a level.

use super::markdown::code;
use crate::ast::{Event, LevelRule, Pattern};
use proc_macro2::Ident;
use syn::ext::IdentExt;

/// The level, or the rule for the level.
pub(super) fn level_text(event: &Event) -> String {
    match &event.level {
        LevelRule::Fixed(level) => code(level.as_str()),
        LevelRule::If { field, yes, no } => {
            format!(
                "{} if {}, otherwise {}",
                code(yes.as_str()),
                key(event, field),
                code(no.as_str())
            )
        }
        LevelRule::Match { field, arms } => {
            let arms = arms.iter().map(|arm| {
                let level = code(arm.level.as_str());
                if arm.patterns.iter().any(Pattern::takes_all) {
                    return format!("otherwise {level}");
                }
                let patterns: Vec<String> = arm.patterns.iter().map(Pattern::shown).collect();
                format!("{level} for {}", code(&patterns.join(" | ")))
            });
            let arms: Vec<String> = arms.collect();
            format!("by {}: {}", key(event, field), arms.join(", "))
        }
    }
}

/// The key of the field in a rule.
fn key(event: &Event, field: &Ident) -> String {
    let known = event.fields.iter().find(|known| known.ident.unraw() == field.unraw());
    code(&known.map_or_else(|| field.to_string(), |known| known.name.clone()))
}
