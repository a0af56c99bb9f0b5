//! The options of an exporter, and the values chosen for them.

/// An option of an exporter. On the command line it is `--NAME VALUE`, or `--NAME` if it is a flag.
#[derive(Debug, PartialEq, Eq)]
pub struct ExportOption {
    /// The option's name, in lower case with `-` between words. The names of the command's own
    /// options are reserved: `out`, `check`, `format`, `help`.
    pub name: &'static str,
    /// What the option decides, in a line without a full stop.
    pub about: &'static str,
    /// The possible values, the default first. If empty, the option is a flag, which is off by
    /// default.
    pub choices: &'static [Choice],
}

/// One value of an option.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value, as it is written on a command line.
    pub name: &'static str,
    /// What it means, in a line without a full stop.
    pub about: &'static str,
}

/// The values of a flag: off, which is the default, and on.
const FLAG: [&str; 2] = ["false", "true"];

impl ExportOption {
    /// Whether the option is a flag, without a value.
    pub const fn is_flag(&self) -> bool {
        self.choices.is_empty()
    }

    /// The possible values, the default first.
    fn values(&self) -> Vec<&'static str> {
        match self.choices {
            [] => FLAG.to_vec(),
            choices => choices.iter().map(|choice| choice.name).collect(),
        }
    }
}

/// One value for each option of an exporter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices(Vec<(&'static ExportOption, &'static str)>);

impl Choices {
    /// The default of each option.
    pub fn of(options: &'static [ExportOption]) -> Self {
        let default = |option: &'static ExportOption| (option, option.values()[0]);
        Self(options.iter().map(default).collect())
    }

    /// Sets an option: to one of its values, or to `true` for a flag. Returns `None` if there is no
    /// such option or value.
    #[must_use]
    pub fn with(mut self, option: &str, value: &str) -> Option<Self> {
        let (option, chosen) = self.0.iter_mut().find(|(found, _)| found.name == option)?;
        *chosen = option.values().into_iter().find(|found| *found == value)?;
        Some(self)
    }

    /// The chosen value of an option; for a flag, `true` or `false`.
    ///
    /// # Panics
    ///
    /// Panics if the exporter has no such option.
    pub fn value(&self, option: &str) -> &'static str {
        match self.0.iter().find(|(found, _)| found.name == option) {
            Some((_, value)) => value,
            None => panic!("the exporter has no option `{option}`"),
        }
    }

    /// Whether a flag is on.
    ///
    /// # Panics
    ///
    /// Panics if the exporter has no such option.
    pub fn is_on(&self, flag: &str) -> bool {
        self.value(flag) == FLAG[1]
    }

    /// The choices that differ from the default, as on a command line: `--contract read --strict`.
    pub fn text(&self) -> String {
        let chosen = self.0.iter().filter(|(option, value)| *value != option.values()[0]);
        let words = chosen.map(|(option, value)| {
            if option.is_flag() {
                format!("--{}", option.name)
            } else {
                format!("--{} {value}", option.name)
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Choices, ExportOption};

    const OPTIONS: &[ExportOption] = &[
        ExportOption {
            name: "colour",
            about: "The colour",
            choices: &[Choice { name: "red", about: "" }, Choice { name: "blue", about: "" }],
        },
        ExportOption { name: "strict", about: "No others", choices: &[] },
    ];

    #[test]
    fn the_first_value_is_the_default() {
        let choices = Choices::of(OPTIONS);
        assert_eq!((choices.value("colour"), choices.is_on("strict")), ("red", false));
        assert_eq!(choices.text(), "");
        let choices = choices.with("colour", "blue").and_then(|c| c.with("strict", "true"));
        let choices = choices.expect("both exist");
        assert_eq!((choices.value("colour"), choices.is_on("strict")), ("blue", true));
        assert_eq!(choices.text(), "--colour blue --strict");
    }

    #[test]
    fn nothing_else_can_be_chosen() {
        for (option, value) in [("colour", "green"), ("size", "red"), ("strict", "")] {
            assert_eq!(Choices::of(OPTIONS).with(option, value), None, "{option} {value}");
        }
    }
}
