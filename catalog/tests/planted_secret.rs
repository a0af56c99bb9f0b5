//! One value, planted into every sensitive field of every event: it comes out nowhere.

use catalog::{CATALOG, ReferenceEvent};
use event_core::Capture;
use event_core::shape::Shape;
use event_schema::sample;
use serde_json::{Value, json};

const SECRET: &str = "5ecretplanted";

#[test]
fn no_output_holds_what_a_sensitive_field_holds() {
    let mut planted = 0;
    for event in CATALOG.events() {
        let sensitive: Vec<_> = event.fields().into_iter().filter(|field| field.sensitivity.is_some()).collect();
        if sensitive.is_empty() {
            continue;
        }
        let mut line: Value = serde_json::from_str(&sample::line(event, 0)).unwrap();
        for field in &sensitive {
            let value = json!(format!("{SECRET}@example.com"));
            let is_map = matches!(field.shape.bare(), Shape::Map(_));
            line[field.name] = if is_map { json!({ "key": value }) } else { value };
            planted += 1;
        }
        let event = ReferenceEvent::decode(&line.to_string()).unwrap();
        let mut capture = Capture::new();
        event.emit_to(&mut capture);
        let line = capture.lines().remove(0);
        assert!(!line.contains(SECRET), "{line}");
        assert!(!format!("{event:?} {event:#?}").contains(SECRET), "{}", event.meta().name.snake);
    }
    assert!(planted >= 8, "only {planted} sensitive fields are left in the catalog");
}
