//! Writes a context as text.

use super::{ACTOR, CAUSATION, CORRELATION, LeftOut, Policy, Reason, TRACE};
use crate::context::trace::ExternalId;
use crate::context::{Context, group};
use crate::value::encode::Encoder;

const GROUPS: &str = ",\"groups\":{";

/// The result of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// One JSON object on one line, for a header or a column.
    pub text: String,
    /// The bound parts that the policy names and the text lacks.
    pub left_out: Vec<LeftOut>,
}

impl Context {
    /// Writes the bound parts that `policy` names. A part is left out as a whole and reported if it
    /// would make the text too long or could not be imported. The order is the trace, the ids, the
    /// actor, and the groups in the order of the policy.
    pub fn export(&self, policy: &Policy) -> Exported {
        let mut export =
            Export { policy, parts: Encoder::new(), groups: Encoder::new(), left_out: Vec::new() };
        if let Some(ambient) = self.ambient() {
            if let Some(trace) = ambient.trace() {
                export.part(TRACE, |out| {
                    out.text_member(",\"traceparent\":", &trace.traceparent().to_string());
                    if !trace.tracestate().is_empty() {
                        out.text_member(",\"tracestate\":", &trace.tracestate().to_string());
                    }
                });
            }
            if let Some(id) = ambient.correlation() {
                export.checked(CORRELATION, [&*id.0], |out| {
                    out.preencoded_if(ambient.correlation_member());
                });
            }
            if let Some(id) = ambient.causation() {
                export.checked(CAUSATION, [&*id.0], |out| {
                    out.preencoded_if(ambient.causation_member());
                });
            }
            if let Some(actor) = ambient.actor().filter(|_| policy.actor) {
                let ids = std::iter::once(actor.id()).chain(actor.session_id());
                export.checked(ACTOR, ids, |out| out.preencoded_if(ambient.actor_member()));
            }
        }
        for (carriable, shares_name) in policy.groups() {
            match group::carried(self, carriable.group) {
                None => {}
                Some(_) if shares_name => {
                    export.leave_out(carriable.group.type_name, Reason::SameName);
                }
                Some(Ok(members)) => export.group(carriable.group.type_name, members.bytes()),
                Some(Err(_)) => export.leave_out(carriable.group.type_name, Reason::Refused),
            }
        }
        export.finish()
    }
}

/// The state of an export.
struct Export<'a> {
    policy: &'a Policy,
    /// Members, each with a comma before it.
    parts: Encoder,
    groups: Encoder,
    left_out: Vec<LeftOut>,
}

impl Export<'_> {
    fn leave_out(&mut self, part: &'static str, reason: Reason) {
        self.left_out.push(LeftOut { part, reason });
    }

    /// Adds a part with ids, if an import accepts the ids.
    fn checked<'i>(
        &mut self,
        part: &'static str,
        ids: impl IntoIterator<Item = &'i str>,
        write: impl FnOnce(&mut Encoder),
    ) {
        match ids.into_iter().try_for_each(|id| ExternalId::parse(id).map(drop)) {
            Ok(()) => self.part(part, write),
            Err(invalid) => self.leave_out(part, Reason::Id(invalid)),
        }
    }

    fn part(&mut self, part: &'static str, write: impl FnOnce(&mut Encoder)) {
        let before = self.parts.len();
        write(&mut self.parts);
        // The result has two braces more and the first comma less.
        if self.parts.len() + 1 > self.policy.most_bytes {
            self.parts.truncate(before);
            self.leave_out(part, Reason::TooLong { most: self.policy.most_bytes });
        }
    }

    fn group(&mut self, name: &'static str, members: &[u8]) {
        let before = self.groups.len();
        self.groups.json(",");
        self.groups.text(name);
        self.groups.json(":{");
        self.groups.json_bytes(members.strip_prefix(b",").unwrap_or(members));
        self.groups.json("}");
        // The groups also have a brace more and the first comma less.
        if self.parts.len() + 1 + GROUPS.len() + self.groups.len() > self.policy.most_bytes {
            self.groups.truncate(before);
            self.leave_out(name, Reason::TooLong { most: self.policy.most_bytes });
        }
    }

    fn finish(mut self) -> Exported {
        if let Some(groups) = self.groups.bytes().strip_prefix(b",") {
            self.parts.json(GROUPS);
            self.parts.json_bytes(groups);
            self.parts.json("}");
        }
        // The encoder writes only valid UTF-8.
        let members = str::from_utf8(self.parts.bytes()).unwrap_or_default();
        let text = format!("{{{}}}", members.strip_prefix(',').unwrap_or(members));
        Exported { text, left_out: self.left_out }
    }
}
