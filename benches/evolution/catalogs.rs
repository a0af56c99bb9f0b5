//! The generated events as a catalog at run time: what `events!` makes of their source, without
//! building it.

use event_benches::generated::fields::{Block, Event, Type, blocks};
use event_core::meta::shape::{Shape, StructShape, TextFormat, TypeName};
use event_core::meta::{BlockMeta, DomainMeta};
use event_core::meta::{EventMeta, EventName, FieldMeta, LevelRule, Member, Source};
use event_core::{Catalog, Level};

const TEXT: &Shape = &Shape::Text(TextFormat::Plain);

const PLACE: &Shape = &Shape::Struct(&StructShape::new(
    TypeName::new("Place", "generated", "A place."),
    &[
        FieldMeta::new("room", "Its number.", &Shape::Integer { min: 0, max: 0xffff_ffff }),
        FieldMeta::new("street", "Its street.", TEXT),
    ],
));

/// A catalog of so many events. It lives as long as the process, as a static one does.
pub(crate) fn catalog(count: usize) -> &'static Catalog {
    let blocks: Vec<&'static BlockMeta> = blocks(count).map(|block| described(&block)).collect();
    leak(Catalog::new("Everything", "", leak(blocks)).of_package("generated", "0.0.0"))
}

fn described(block: &Block) -> &'static BlockMeta {
    let domain = DomainMeta::new(text(&block.module), "Where work is done.", source());
    let events: Vec<&'static EventMeta> =
        block.events.iter().map(|event| meta(event, &block.module)).collect();
    leak(BlockMeta::new(leak(events)).domain(leak(domain)))
}

fn meta(event: &Event, domain: &str) -> &'static EventMeta {
    let members: Vec<Member> = event
        .fields()
        .map(|field| Member::Field(FieldMeta::new(field.name, field.docs, shape(field.ty))))
        .collect();
    let name = EventName::new(text(&event.name), text(&event.name.replace('_', ".")), text(domain));
    leak(
        EventMeta::new(
            name,
            text(&event.type_name),
            "Something happened.",
            LevelRule::Fixed(if event.level == "error" { Level::Error } else { Level::Info }),
            source(),
        )
        .members(leak(members)),
    )
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
    Source::new("generated", "generated.rs", 1, 1)
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
