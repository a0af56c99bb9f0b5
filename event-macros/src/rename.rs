//! How names are spelt as JSON: serde's `rename_all`, the same words.

use event_grammar::name;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
}

impl Case {
    pub(crate) const WORDS: [&'static str; 7] =
        ["lowercase", "UPPERCASE", "PascalCase", "camelCase", "snake_case", "SCREAMING_SNAKE_CASE", "kebab-case"];

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let cases =
            [Self::Lower, Self::Upper, Self::Pascal, Self::Camel, Self::Snake, Self::ScreamingSnake, Self::Kebab];
        Self::WORDS.iter().position(|known| *known == word).map(|at| cases[at])
    }

    /// A `snake_case` name in this spelling.
    pub(crate) fn of_snake(self, snake: &str) -> String {
        let snake = snake.strip_prefix("r#").unwrap_or(snake);
        match self {
            Self::Lower => snake.replace('_', ""),
            Self::Upper => snake.replace('_', "").to_uppercase(),
            Self::Pascal => name::camel(snake),
            Self::Camel => {
                let pascal = name::camel(snake);
                let mut chars = pascal.chars();
                chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
            }
            Self::Snake => snake.to_owned(),
            Self::ScreamingSnake => snake.to_uppercase(),
            Self::Kebab => snake.replace('_', "-"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Case;

    #[test]
    fn every_spelling() {
        let spelt = Case::WORDS.map(|word| Case::from_word(word).unwrap().of_snake("two_words"));
        assert_eq!(spelt, ["twowords", "TWOWORDS", "TwoWords", "twoWords", "two_words", "TWO_WORDS", "two-words"]);
    }
}
