//! The members of a record that describe its service: attributes of the resource.

use super::field::RESOURCE_ATTRIBUTES;
use super::record::write_value;
use super::wire::Wire;
use event_core::record::Record;
use event_core::record::members::{MemberPlace, TypedMember};
use event_grammar::record::{Key, Within};

/// The keys of the members, and the attributes that they are (semantic conventions, resource).
const MEMBERS: [(&str, &str); 5] = [
    (Key::Service.name(Within::Line), Service::NAME),
    (Key::ServiceVersion.name(Within::Line), "service.version"),
    (Key::Environment.name(Within::Line), "deployment.environment.name"),
    (Key::ServiceHost.name(Within::Line), "host.name"),
    (Key::ServicePid.name(Within::Line), "process.pid"),
];

/// The service that a record comes from: its members, which are the same for all records of an
/// emitter.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Service<'a>([Option<TypedMember<'a>>; MEMBERS.len()]);

/// A copy of a service, as JSON, to compare others with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct KnownService([Option<String>; MEMBERS.len()]);

impl<'a> Service<'a> {
    /// The attribute of the service's name.
    pub(crate) const NAME: &'static str = "service.name";

    /// The place of a member of the context in the service, if it is one of the service.
    #[inline]
    pub(crate) fn place_of(key: &str) -> Option<usize> {
        MEMBERS.iter().position(|(own, _)| *own == key)
    }

    /// The service of a record.
    pub(crate) fn of(record: &Record<'a>) -> Self {
        let mut service = Self::default();
        if record.context().is_empty() {
            return service;
        }
        let context = record.members().take_while(|member| member.place() != MemberPlace::Payload);
        for member in context.filter(|member| member.place() == MemberPlace::Context) {
            if let Some(place) = Self::place_of(&member.key()) {
                service.0[place] = Some(member);
            }
        }
        service
    }

    /// Whether the service has this attribute.
    pub(crate) fn has(&self, attribute: &str) -> bool {
        self.0.iter().zip(MEMBERS).any(|(member, (_, own))| member.is_some() && own == attribute)
    }

    /// Writes the attributes.
    pub(crate) fn write<W: Wire>(&self, out: &mut W) {
        for (member, (_, attribute)) in self.0.iter().zip(MEMBERS) {
            if let Some(member) = member {
                let value = |out: &mut W| write_value(out, member.value(), 0);
                out.pair(RESOURCE_ATTRIBUTES, attribute, value);
            }
        }
    }

    /// A copy to compare others with.
    pub(crate) fn known(&self) -> KnownService {
        KnownService(self.0.map(|member| member.map(|member| member.json().to_owned())))
    }
}

impl KnownService {
    /// Whether it is this service.
    pub(crate) fn is(&self, service: &Service<'_>) -> bool {
        self.0
            .iter()
            .zip(&service.0)
            .all(|(own, other)| own.as_deref() == other.as_ref().map(TypedMember::json))
    }
}

/// Writes an attribute of a resource.
pub(crate) fn write_resource_attribute<W: Wire>(out: &mut W, key: &str, value: &str) {
    out.text_pair(RESOURCE_ATTRIBUTES, key, value);
}
