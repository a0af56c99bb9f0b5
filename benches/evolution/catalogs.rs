//! The generated events as a catalog at run time: what `events!` makes of their source, without
//! building it.

use event_benches::generated::fields::{Block, Event, Type, blocks};
use event_core::meta::{EventMeta, EventName, FieldMeta, Governance, LevelRule, Member, Source};
use event_core::shape::{Shape, StructShape, TextFormat, TypeName};
use event_core::{BlockMeta, Catalog, DomainMeta, Level};

const TEXT: &Shape = &Shape::Text(TextFormat::Plain);

const PLACE: &Shape = &Shape::Struct(&StructShape {
    ty: TypeName::new("Place", "generated", "A place."),
    fields: &[
        FieldMeta::new("room", "Its number.", &Shape::Integer { min: 0, max: 0xffff_ffff }),
        FieldMeta::new("street", "Its street.", TEXT),
    ],
});

/// A catalog of so many events. It lives as long as the process, as a static one does.
pub(crate) fn catalog(count: usize) -> &'static Catalog {
    let blocks: Vec<&'static BlockMeta> = blocks(count).map(|block| described(&block)).collect();
    leak(Catalog {
        type_name: "Everything",
        docs: "",
        package: "generated",
        package_version: "0.0.0",
        blocks: leak(blocks),
    })
}

fn described(block: &Block) -> &'static BlockMeta {
    let domain = DomainMeta {
        name: text(&block.module),
        docs: "Where work is done.",
        actions: &[],
        statuses: &[],
        optional_action: false,
        optional_status: false,
        source: source(),
    };
    let events: Vec<&'static EventMeta> =
        block.events.iter().map(|event| meta(event, &block.module)).collect();
    leak(BlockMeta { domain: Some(leak(domain)), events: leak(events), dictionary: &[] })
}

fn meta(event: &Event, domain: &str) -> &'static EventMeta {
    let members: Vec<Member> = event
        .fields()
        .map(|field| Member::Field(FieldMeta::new(field.name, field.docs, shape(field.ty))))
        .collect();
    let name = EventName {
        snake: text(&event.name),
        dotted: text(&event.name.replace('_', ".")),
        domain: text(domain),
        action: None,
        status: None,
    };
    leak(EventMeta {
        name,
        head: "",
        version: 1,
        latest: true,
        type_name: text(&event.type_name),
        docs: "Something happened.",
        level: LevelRule::Fixed(if event.level == "error" { Level::Error } else { Level::Info }),
        members: leak(members),
        context: &[],
        needed_context: 0,
        wide: &[],
        aliases: &[],
        sample: None,
        limit: None,
        governance: Governance::NONE,
        source: source(),
    })
}

fn shape(ty: Type) -> &'static Shape {
    match ty {
        Type::Text | Type::Rust("String") => TEXT,
        Type::OptionalText => &Shape::Optional(TEXT),
        Type::Place => PLACE,
        Type::Rust("u32") => &Shape::Integer { min: 0, max: 0xffff_ffff },
        Type::Rust("u64") => &Shape::Integer { min: 0, max: u64::MAX },
        Type::Rust("i64") => &Shape::Integer { min: i64::MIN, max: i64::MAX as u64 },
        Type::Rust("f64") => &Shape::Float,
        Type::Rust(_) => &Shape::Bool,
    }
}

const fn source() -> Source {
    Source { module: "generated", file: "generated.rs", line: 1, column: 1 }
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
