//! The names in a workspace. They are made from the name that the user gives.

use crate::failure::Failure;

/// The maximum number of letters of a name. Registries allow 64 letters for a package's name, and
/// each package's name has an ending.
const MOST: usize = 50;

/// The names of a workspace.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Names {
    /// The workspace and its directory: `my-shop`.
    pub(crate) workspace: String,
    /// The package of the catalog: `my-shop-events`.
    pub(crate) events: String,
    /// The crate of that package: `my_shop_events`.
    pub(crate) events_crate: String,
    /// The package of the catalog's command: `my-shop-command`.
    pub(crate) command: String,
    /// The package of the service: `my-shop-service`.
    pub(crate) service: String,
    /// The type that holds any event of the catalog: `MyShopEvent`.
    pub(crate) event_type: String,
}

impl Names {
    /// The names for a workspace called `name`.
    ///
    /// # Errors
    ///
    /// If cargo refuses the name, or rustc would warn about it.
    pub(crate) fn new(name: &str) -> Result<Self, Failure> {
        if !is_valid(name) {
            let mut help = format!(
                "write lowercase letters and digits in words joined by `-`, a letter first, at \
                 most {MOST} of them"
            );
            if let Some(mended) = mended(name) {
                help = format!("{help}: `cargo event new {mended}`");
            }
            let what = format!("`{}` cannot be the name of packages", name.escape_debug());
            return Err(Failure::new(what, help));
        }
        let words = name.split('-').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        });
        let event_type = words.chain(["Event".to_owned()]).collect();
        let events = format!("{name}-events");
        Ok(Self {
            workspace: name.to_owned(),
            events_crate: events.replace('-', "_"),
            events,
            command: format!("{name}-command"),
            service: format!("{name}-service"),
            event_type,
        })
    }
}

fn is_valid(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    name.len() <= MOST
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('-').all(is_word)
}

/// The name with its invalid characters replaced; `None` if that is not valid either.
fn mended(name: &str) -> Option<String> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mended = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    is_valid(&mended).then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn all_names_follow_from_one() {
        let names = Names::new("my-shop2").unwrap();
        assert_eq!(names.events, "my-shop2-events");
        assert_eq!(names.events_crate, "my_shop2_events");
        assert_eq!(names.command, "my-shop2-command");
        assert_eq!(names.service, "my-shop2-service");
        assert_eq!(names.event_type, "MyShop2Event");
    }

    #[test]
    fn what_cargo_would_not_take_is_refused() {
        let long = "a".repeat(51);
        for (name, mended) in [
            ("My_Shop", Some("my-shop")),
            ("my shop", Some("my-shop")),
            ("shop-", Some("shop")),
            ("a--b", Some("a-b")),
            ("../shop", Some("shop")),
            ("/tmp/shop", Some("tmp-shop")),
            ("2shop", None),
            ("läden", Some("l-den")),
            ("", None),
            (".", None),
            (&long, None),
        ] {
            let refused = Names::new(name).unwrap_err();
            assert!(refused.what.starts_with(&format!("`{name}` cannot be")), "{refused:?}");
            let proposed = refused.help.split_once("`cargo event new ").map(|(_, rest)| rest);
            assert_eq!(proposed, mended.map(|name| format!("{name}`")).as_deref(), "{refused:?}");
        }
        let refused = Names::new("a\nb").unwrap_err();
        assert!(refused.what.starts_with("`a\\nb` "), "{refused:?}");
    }
}
