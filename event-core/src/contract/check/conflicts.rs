//! Finds the conflicts between the blocks of a catalog: names, types of fields and classes of
//! statuses. One pass over a hash table, in a constant.

use super::conflict::{Conflict, Conflicts};
use super::report::place;
use super::text::Text;
use crate::model::catalog::{BlockMeta, DictionaryEntry};
use crate::model::meta::{EventMeta, FieldMeta, Member, Sensitivity, Source};
use event_grammar::name::MAX_LEN;
use event_grammar::{hash, same};

/// A name or an alias, and the block that declares it.
#[derive(Clone, Copy)]
struct Named {
    text: &'static str,
    event: &'static EventMeta,
    block: usize,
    is_alias: bool,
}

/// The first use of a field name.
#[derive(Clone, Copy)]
struct Used {
    field: &'static FieldMeta,
    event: &'static EventMeta,
}

struct Tables<const SIZE: usize> {
    names: [Option<Named>; SIZE],
    fields: [Option<Used>; SIZE],
    conflicts: Conflicts,
}

/// The size of the hash tables: a power of two, at least twice the number of names and of
/// dictionary entries.
pub const fn table_size(blocks: &[&'static BlockMeta]) -> usize {
    const fn members(list: &'static [Member]) -> usize {
        let mut count = 0;
        let mut at = 0;
        while at < list.len() {
            count += match &list[at] {
                Member::Field(_) => 1,
                Member::Group(group) => members(group.members),
            };
            at += 1;
        }
        count
    }
    let (mut names, mut fields) = (1, 1);
    let mut block = 0;
    while block < blocks.len() {
        let mut at = 0;
        while at < blocks[block].events.len() {
            names += 1 + blocks[block].events[at].aliases.len();
            at += 1;
        }
        let mut at = 0;
        while at < blocks[block].dictionary.len() {
            fields += match &blocks[block].dictionary[at] {
                DictionaryEntry::Field { .. } => 1,
                DictionaryEntry::Group { group, .. } => members(group.members),
            };
            at += 1;
        }
        block += 1;
    }
    (2 * if names > fields { names } else { fields }).next_power_of_two()
}

/// Finds all conflicts between `blocks`.
pub const fn conflicts<const SIZE: usize>(blocks: &[&'static BlockMeta]) -> Conflicts {
    let mut tables: Tables<SIZE> =
        Tables { names: [None; SIZE], fields: [None; SIZE], conflicts: Conflicts::NONE };
    let mut block = 0;
    while block < blocks.len() {
        if is_repeated(blocks, block) {
            tables.conflicts.add(block, Conflict::Block { again: blocks[block] });
        } else {
            statuses(&mut tables.conflicts, blocks, block);
            add_events(&mut tables, blocks[block], block);
        }
        block += 1;
    }
    tables.conflicts
}

/// Whether a block is declared at the same place as an earlier block.
const fn is_repeated(blocks: &[&'static BlockMeta], block: usize) -> bool {
    let Some(own) = source_of(blocks[block]) else { return false };
    let mut before = 0;
    while before < block {
        if let Some(other) = source_of(blocks[before])
            && same_source(own, other)
        {
            return true;
        }
        before += 1;
    }
    false
}

const fn source_of(block: &'static BlockMeta) -> Option<&'static Source> {
    match (&block.domain, block.events) {
        (Some(domain), _) => Some(&domain.source),
        (None, [event, ..]) => Some(&event.source),
        (None, []) => None,
    }
}

const fn same_source(a: &Source, b: &Source) -> bool {
    a.line == b.line && a.column == b.column && same(a.file, b.file) && same(a.module, b.module)
}

const fn add_events<const SIZE: usize>(
    tables: &mut Tables<SIZE>,
    meta: &'static BlockMeta,
    block: usize,
) {
    let mut at = 0;
    while at < meta.events.len() {
        let event = meta.events[at];
        add_name(
            tables,
            Named { text: event.name.snake, event, block, is_alias: false },
            event.name.snake,
        );
        let mut alias = 0;
        while alias < event.aliases.len() {
            add_alias(tables, Named { text: event.aliases[alias], event, block, is_alias: true });
            alias += 1;
        }
        at += 1;
    }
    // Entries are in the order of the fields, so the next entry's field is most often the next
    // field.
    let (mut at, mut next) = (0, 0);
    while at < meta.dictionary.len() {
        match &meta.dictionary[at] {
            DictionaryEntry::Field { event, name } => {
                next = add_own(tables, event, block, name, next);
            }
            DictionaryEntry::Group { event, group } => {
                add_members(tables, event, block, group.members);
            }
        }
        at += 1;
    }
}

/// A name spelt with `_`. Only an alias can have a dot.
struct Snake {
    bytes: [u8; MAX_LEN],
    len: usize,
}

impl Snake {
    const fn new(name: &str) -> Self {
        let name = name.as_bytes();
        let mut bytes = [0; MAX_LEN];
        let mut len = 0;
        while len < name.len() && len < MAX_LEN {
            bytes[len] = if name[len] == b'.' { b'_' } else { name[len] };
            len += 1;
        }
        Self { bytes, len }
    }

    const fn as_str(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

/// The slot of a text: the high bits of its hash, because these depend on the whole text.
#[allow(clippy::cast_possible_truncation, reason = "fewer bits are left than a `usize` has")]
const fn slot_of(text: &str, size: usize) -> usize {
    if size == 1 { 0 } else { (hash(text) >> (u64::BITS - size.trailing_zeros())) as usize }
}

const fn add_alias<const SIZE: usize>(tables: &mut Tables<SIZE>, new: Named) {
    add_name(tables, new, Snake::new(new.text).as_str());
}

const fn add_name<const SIZE: usize>(tables: &mut Tables<SIZE>, new: Named, snake: &str) {
    let mut slot = slot_of(snake, SIZE);
    while let Some(known) = &tables.names[slot] {
        let is_same = if known.is_alias {
            same(Snake::new(known.text).as_str(), snake)
        } else {
            same(known.text, snake)
        };
        if is_same {
            let one_event =
                known.block == new.block && same(known.event.name.dotted, new.event.name.dotted);
            let is_alias = known.is_alias || new.is_alias;
            if is_alias {
                if !one_event {
                    let conflict =
                        Conflict::Alias { alias: new.text, first: known.event, again: new.event };
                    tables.conflicts.add(new.block, conflict);
                }
                return;
            }
            // The versions of one event are in one block and have the same name.
            if !one_event || known.event.version == new.event.version {
                tables
                    .conflicts
                    .add(new.block, Conflict::Name { first: known.event, again: new.event });
                return;
            }
        }
        slot = (slot + 1) & (SIZE - 1);
    }
    tables.names[slot] = Some(new);
}

/// Adds the event's field called `name`. The search begins at index `from`. Returns the index after
/// the field.
const fn add_own<const SIZE: usize>(
    tables: &mut Tables<SIZE>,
    event: &'static EventMeta,
    block: usize,
    name: &str,
    from: usize,
) -> usize {
    let count = event.members.len();
    let mut steps = 0;
    while steps < count {
        let at = (from + steps) % count;
        if let Member::Field(field) = &event.members[at]
            && same(field.name, name)
        {
            add_field(tables, event, block, field);
            return at + 1;
        }
        steps += 1;
    }
    from
}

const fn add_members<const SIZE: usize>(
    tables: &mut Tables<SIZE>,
    event: &'static EventMeta,
    block: usize,
    members: &'static [Member],
) {
    let mut at = 0;
    while at < members.len() {
        match &members[at] {
            Member::Field(field) => add_field(tables, event, block, field),
            Member::Group(group) => add_members(tables, event, block, group.members),
        }
        at += 1;
    }
}

const fn add_field<const SIZE: usize>(
    tables: &mut Tables<SIZE>,
    event: &'static EventMeta,
    block: usize,
    field: &'static FieldMeta,
) {
    // A dropped field is never written, so no reader sees its type.
    if field.dictionary.is_some() || matches!(field.sensitivity, Some(Sensitivity::Drop)) {
        return;
    }
    if matches!(field.role, crate::model::meta::Role::Before | crate::model::meta::Role::After) {
        return;
    }
    let mut slot = slot_of(field.name, SIZE);
    while let Some(known) = tables.fields[slot] {
        if same(known.field.name, field.name) {
            if !known.field.shape.same_type(field.shape)
                && !tables.conflicts.has_field(block, field.name)
            {
                let conflict = Conflict::Field {
                    field,
                    first: known.event,
                    first_field: known.field,
                    again: event,
                };
                tables.conflicts.add(block, conflict);
            }
            return;
        }
        slot = (slot + 1) & (SIZE - 1);
    }
    tables.fields[slot] = Some(Used { field, event });
}

/// Compares each status with the statuses of all earlier blocks. Blocks add few statuses.
const fn statuses(conflicts: &mut Conflicts, blocks: &[&'static BlockMeta], block: usize) {
    let Some(domain) = blocks[block].domain else { return };
    let mut at = 0;
    while at < domain.statuses.len() {
        let (status, _) = &domain.statuses[at];
        let mut before = 0;
        while before < block {
            if let Some(other) = blocks[before].domain {
                let mut known = 0;
                while known < other.statuses.len() {
                    let (first, _) = &other.statuses[known];
                    if same(first.word, status.word) && first.class as u8 != status.class as u8 {
                        let conflict = Conflict::Status {
                            word: status.word,
                            first: blocks[before],
                            again: blocks[block],
                        };
                        conflicts.add(block, conflict);
                    }
                    known += 1;
                }
            }
            before += 1;
        }
        at += 1;
    }
}

/// Checks that one of `blocks` declares `event`.
///
/// # Panics
///
/// If no block declares it, while compiling.
#[track_caller]
pub const fn assert_declared(
    catalog: &str,
    blocks: &[&'static BlockMeta],
    event: &'static EventMeta,
) {
    let mut block = 0;
    while block < blocks.len() {
        let mut at = 0;
        while at < blocks[block].events.len() {
            if same_source(&blocks[block].events[at].source, &event.source) {
                return;
            }
            at += 1;
        }
        block += 1;
    }
    let text =
        Text::new().and("catalog `").and(catalog).and("` lacks the event `").and(event.name.snake);
    let text = place(text.and("` of "), &event.source)
        .and("\nhelp: join its block: add a variant that names the domain `");
    panic!("{}", text.and(event.name.domain).and("`").as_str());
}
