//! An event on the command line: `payment_process_failed@2`.

use std::str::FromStr;

/// The name of an event, with an optional version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EventArg {
    pub(crate) name: String,
    pub(crate) version: Option<u32>,
}

impl FromStr for EventArg {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, version) = match text.split_once('@') {
            None => (text, None),
            Some((name, version)) => {
                let digits = version.strip_prefix('v').unwrap_or(version);
                (
                    name,
                    Some(digits.parse().map_err(|_| "after `@`, write the number of a version")?),
                )
            }
        };
        if name.is_empty() {
            return Err("the name is missing");
        }
        Ok(Self { name: name.to_owned(), version })
    }
}

#[cfg(test)]
mod tests {
    use super::EventArg;

    #[test]
    fn an_event_and_its_version() {
        let event = |name: &str, version| Ok(EventArg { name: name.into(), version });
        assert_eq!("a_b".parse(), event("a_b", None));
        assert_eq!("a.b@2".parse(), event("a.b", Some(2)));
        assert_eq!("a.b@v2".parse(), event("a.b", Some(2)));
        assert!("a@x".parse::<EventArg>().is_err());
        assert!("@1".parse::<EventArg>().is_err());
    }
}
