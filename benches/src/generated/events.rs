//! The crate as a team writes it with this project.

use super::fields::{ACTIONS, Block, Type, blocks};
use std::fmt::Write;

const ONCE: &str = "//! Generated.

/// A place.
#[derive(event_core::EventValue)]
pub struct Place {
    /// Its number.
    pub room: u32,
    /// Its street.
    pub street: String,
}
";

/// The crate's source: so many events.
pub fn source(count: usize) -> String {
    let mut blocks_of = String::new();
    let mut variants = String::new();
    for block in blocks(count) {
        blocks_of += &module(&block);
        let _ = writeln!(variants, "        {0}({1}::{0}),", block.domain, block.module);
    }
    format!(
        "{ONCE}{blocks_of}\nevent_core::catalog!(\n    /// All of them.\n    pub enum Everything {{\n{variants}    }}\n);\n"
    )
}

fn module(block: &Block) -> String {
    let Block { domain, module, events } = block;
    let mut items = String::new();
    let mut calls = String::new();
    // A block of fewer events than ten has fewer actions.
    for action in
        ACTIONS.iter().filter(|action| events.iter().any(|event| event.type_name.contains(*action)))
    {
        let open = events.len() < 10;
        let answer = if open { "#[action(open_ended = \"cut off\")] " } else { "" };
        let _ = writeln!(items, "            /// One step of it.\n            {answer}{action},");
    }
    let mut items = format!(
        "        /// Where work is done.\n        #[domain(owner = \"team\")]\n        pub enum {domain} {{\n{items}        }}\n"
    );
    for event in events {
        let _ =
            writeln!(items, "\n        /// Something happened.\n        #[event({})]", event.level);
        let lifetime =
            if event.fields().any(|field| matches!(field.ty, Type::Text | Type::OptionalText)) {
                "<'a>"
            } else {
                ""
            };
        let _ = writeln!(items, "        pub struct {}{lifetime} {{", event.type_name);
        for field in event.fields() {
            let ty = match field.ty {
                Type::Text => "Str<'a>",
                Type::OptionalText => "Option<Str<'a>>",
                Type::Place => "Place",
                Type::Rust(ty) => ty,
            };
            let _ = writeln!(
                items,
                "            /// {}\n            pub {}: {ty},",
                field.docs, field.name
            );
        }
        items += "        }\n";
        let _ = writeln!(
            calls,
            "    /// A call site.\n    pub fn call_{0}(text: &str, number: u64) {{\n        let _ = number;\n        emit_{0}({1} {{ {2}}});\n    }}",
            event.name,
            event.type_name,
            event.arguments()
        );
    }
    format!(
        "\n/// Generated.\npub mod {module} {{\n    use crate::Place;\n    use event_core::{{Str, events}};\n\n    events!(\n{items}    );\n\n{calls}}}\n"
    )
}
