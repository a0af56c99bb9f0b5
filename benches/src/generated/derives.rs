//! The same with derives, and by hand what derives do not give.

use super::fields::{Block, Type, blocks};
use std::fmt::Write;

/// What such a project has once: how a line is written, and what is read of it first.
const ONCE: &str = r#"//! Generated.
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::io::Write;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

static LEAST: AtomicU8 = AtomicU8::new(3);

/// Whether an event of the level is emitted.
pub fn is_enabled(level: u8) -> bool {
    level >= LEAST.load(Ordering::Relaxed)
}

/// Writes one line.
pub fn emit<T: Serialize>(head: &str, event: &T) {
    thread_local! {
        static LINE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    LINE.with_borrow_mut(|line| {
        line.clear();
        line.extend_from_slice(head.as_bytes());
        let micros = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
        let _ = write!(line, "{micros},");
        let start = line.len();
        let _ = serde_json::to_writer(&mut *line, event);
        line.remove(start);
        line.push(b'\n');
        let _ = std::io::stdout().write_all(line);
    });
}

/// A place.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Its number.
    pub room: u32,
    /// Its street.
    pub street: String,
}

/// What every line has.
#[derive(Deserialize)]
pub struct Header {
    /// The name.
    pub event: String,
}
"#;

/// The crate's source: so many events.
pub fn source(count: usize) -> String {
    let mut modules = String::new();
    let (mut variants, mut readers, mut schemas) = (String::new(), String::new(), String::new());
    for block in blocks(count) {
        modules += &module(&block);
        for event in &block.events {
            let path = format!("{}::{}", block.module, event.type_name);
            let _ = writeln!(
                variants,
                "    /// One of them.\n    {}({path}<'static>),",
                event.type_name
            );
            let _ = writeln!(
                readers,
                "            \"{}\" => serde_json::from_str(line).map(Self::{}),",
                event.name, event.type_name
            );
            let _ =
                writeln!(schemas, "        (\"{}\", schemars::schema_for!({path})),", event.name);
        }
    }
    format!(
        "{ONCE}{modules}\n/// All of them.\npub enum Everything {{\n{variants}}}\n\nimpl Everything {{\n    /// Reads a line.\n    \
         pub fn decode(line: &str) -> Result<Self, serde_json::Error> {{\n        let header: Header = serde_json::from_str(line)?;\n        \
         match header.event.as_str() {{\n{readers}            _ => Err(serde::de::Error::custom(\"unknown event\")),\n        }}\n    }}\n}}\n\n\
         /// Their schemas.\npub fn schemas() -> Vec<(&'static str, Schema)> {{\n
         /// vec![\n{schemas}    ]\n}}\n"
    )
}

/// The structs alone, with serde's derives or with none.
pub fn structs(count: usize, derive: bool) -> String {
    let derive = if derive { "#[derive(serde::Serialize, serde::Deserialize)]\n" } else { "" };
    let mut items = format!(
        "//! Generated.\nuse std::borrow::Cow;\n\n/// A place.\n{derive}pub struct Place {{\n    /// Its number.\n    pub room: u32,\n    /// Its street.\n    pub street: String,\n}}\n"
    );
    for block in blocks(count) {
        for event in &block.events {
            let has_text =
                event.fields().any(|field| matches!(field.ty, Type::Text | Type::OptionalText));
            let lifetime = if has_text { "<'a>" } else { "" };
            let _ = writeln!(
                items,
                "\n/// Something happened.\n{derive}pub struct {}{lifetime} {{",
                event.type_name
            );
            for field in event.fields() {
                let _ = writeln!(
                    items,
                    "    /// {}\n    pub {}: {},",
                    field.docs,
                    field.name,
                    rust_type(field.ty)
                );
            }
            items += "}\n";
        }
    }
    items
}

const fn rust_type(ty: Type) -> &'static str {
    match ty {
        Type::Text => "Cow<'a, str>",
        Type::OptionalText => "Option<Cow<'a, str>>",
        Type::Place => "Place",
        Type::Rust(ty) => ty,
    }
}

fn module(block: &Block) -> String {
    let mut items = String::new();
    for event in &block.events {
        let _ = writeln!(
            items,
            "\n    /// Something happened.\n    #[derive(Debug, Serialize, Deserialize, JsonSchema)]"
        );
        let _ = writeln!(items, "    pub struct {}<'a> {{", event.type_name);
        for field in event.fields() {
            let _ = writeln!(
                items,
                "        /// {}\n        pub {}: {},",
                field.docs,
                field.name,
                rust_type(field.ty)
            );
        }
        items += "    }\n";
        let level = if event.level == "error" { 5 } else { 3 };
        let head = format!(
            r#"{{\"event\":\"{}\",\"version\":1,\"level\":\"{}\",\"timestamp\":"#,
            event.name, event.level
        );
        let _ = writeln!(
            items,
            "\n    /// Emits it.\n    pub fn emit_{0}(event: {1}<'_>) {{\n        if crate::is_enabled({level}) {{\n            \
             crate::emit(\"{head}\", &event);\n        }}\n    }}\n\n    /// A call site.\n    \
             pub fn call_{0}(text: &str, number: u64) {{\n        let _ = number;\n        emit_{0}({1} {{ {2}}});\n    }}",
            event.name,
            event.type_name,
            event.arguments()
        );
    }
    format!(
        "\n/// Generated.\npub mod {} {{\n    use crate::Place;\n    use schemars::JsonSchema;\n    use serde::{{Deserialize, Serialize}};\n    \
         use std::borrow::Cow;\n{items}}}\n",
        block.module
    )
}
