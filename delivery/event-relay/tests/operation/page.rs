//! The table of the relay's own events in docs/operate.md.

use event_core::meta::{EventMeta, LevelRule};
use event_relay::events::CATALOG;

const PAGE: &str = include_str!("../../../../docs/operate.md");

/// What people do is in the text under the table: its events are audit events.
fn is_audit(event: &EventMeta) -> bool {
    event.fields().iter().any(|field| field.name == "who")
}

#[test]
fn the_page_has_every_event_of_the_log_with_its_level() {
    let (_, section) = PAGE.split_once("## Read its log").unwrap();
    for event in CATALOG.events() {
        let name = format!("`{}`", event.name.snake);
        assert!(section.contains(&name), "{name} is not in docs/operate.md");
        let row = section.lines().find(|line| line.starts_with('|') && line.contains(&name));
        assert_eq!(row.is_none(), is_audit(event), "{name}");
        let level = match event.level {
            LevelRule::Fixed(level) => level.to_string(),
            _ => "by its state".to_owned(),
        };
        if let Some(row) = row {
            assert_eq!(row.split('|').nth(2).unwrap().trim(), level, "{name}");
        }
    }
}
