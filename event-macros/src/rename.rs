//! Spells names for JSON, with the words and the spellings of serde's `rename_all`
//! (`serde_derive/src/internals/case.rs`), so that a type that moves here from serde keeps its
//! JSON.

use crate::ast::Field;
use syn::ext::IdentExt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    const ALL: [(&'static str, Self); 8] = [
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("SCREAMING-KEBAB-CASE", Self::ScreamingKebab),
    ];

    pub(crate) const WORDS: [&'static str; 8] = {
        let mut words = [""; 8];
        let mut at = 0;
        while at < words.len() {
            words[at] = Self::ALL[at].0;
            at += 1;
        }
        words
    };

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, case)| case)
    }

    /// The name of a field, from its `snake_case` identifier: letters and underscores are kept as
    /// they are.
    pub(crate) fn of_field(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => field.split('_').map(first_to_upper).collect(),
            Self::Camel => first_to_lower(&Self::Pascal.of_field(field)),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// The name of a variant, from its `PascalCase` identifier: each capital begins a word, so
    /// `HTTPError` is `h_t_t_p_error`.
    pub(crate) fn of_variant(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Camel => first_to_lower(variant),
            Self::Snake => {
                let mut snake = String::with_capacity(variant.len() + 4);
                for (at, letter) in variant.char_indices() {
                    if at > 0 && letter.is_uppercase() {
                        snake.push('_');
                    }
                    snake.push(letter.to_ascii_lowercase());
                }
                snake
            }
            Self::ScreamingSnake => Self::Snake.of_variant(variant).to_ascii_uppercase(),
            Self::Kebab => Self::Snake.of_variant(variant).replace('_', "-"),
            Self::ScreamingKebab => Self::ScreamingSnake.of_variant(variant).replace('_', "-"),
        }
    }
}

fn first_to_upper(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

fn first_to_lower(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + chars.as_str())
}

/// Spells the names of the fields without a `rename`.
pub(crate) fn spell(fields: &mut [Field], case: Option<Case>) {
    let Some(case) = case else { return };
    for field in fields.iter_mut().filter(|field| field.renamed.is_none()) {
        field.name = case.of_field(&field.ident.unraw().to_string());
    }
}
