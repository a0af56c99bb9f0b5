//! What is said of the service beside its events.

use crate::encode::{Service, Wire, write_resource_attribute};
use crate::variable::{InvalidVariable, Variables, pairs};
use std::ffi::OsString;

/// Attributes of the resource: what is the same for all events of a service.
///
/// The service of a record, as `Builder::service` and its relatives say, is part of the resource in
/// any case: `service.name`, `service.version`, `deployment.environment.name`, `host.name` and
/// `process.pid`. It has precedence over the attributes that are set here. If nothing says the name
/// of the service, it is `unknown_service`.
///
/// ```
/// use event_otel::Resource;
///
/// let resource = Resource::new().with("service.namespace", "shop").with("cloud.region", "eu-1");
/// # let _ = resource;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// Keys and values. A key is there once.
    attributes: Vec<(String, String)>,
}

impl Resource {
    /// No attributes.
    pub fn new() -> Self {
        Self::default()
    }

    /// The attributes that `OTEL_RESOURCE_ATTRIBUTES` (`key=value,key=value`) and
    /// `OTEL_SERVICE_NAME` say.
    ///
    /// # Errors
    ///
    /// If a variable is not valid.
    pub fn from_env() -> Result<Self, InvalidVariable> {
        Self::from_variables(|name| std::env::var_os(name))
    }

    /// As [`Resource::from_env`], with the variables from elsewhere.
    ///
    /// # Errors
    ///
    /// If a variable is not valid.
    pub fn from_variables(
        variables: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, InvalidVariable> {
        const ATTRIBUTES: &str = "OTEL_RESOURCE_ATTRIBUTES";
        let variables = Variables(&variables);
        let attributes = variables.get(ATTRIBUTES)?.unwrap_or_default();
        let mut resource = Self::new();
        for (key, value) in pairs(ATTRIBUTES, &attributes)? {
            resource = resource.with(key, value);
        }
        Ok(match variables.get("OTEL_SERVICE_NAME")? {
            Some(name) => resource.with(Service::NAME, name),
            None => resource,
        })
    }

    /// Sets an attribute, in place of an earlier one of the same key.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        let (key, value) = (key.into(), value.into());
        self.attributes.retain(|(own, _)| *own != key);
        self.attributes.push((key, value));
        self
    }

    /// Writes the attributes of the resource of this service.
    pub(crate) fn write<W: Wire>(&self, out: &mut W, service: &Service<'_>) {
        service.write(out);
        let own = self.attributes.iter().filter(|(key, _)| !service.has(key));
        own.for_each(|(key, value)| write_resource_attribute(out, key, value));
        let is_named = service.has(Service::NAME)
            || self.attributes.iter().any(|(key, _)| key == Service::NAME);
        if !is_named {
            write_resource_attribute(out, Service::NAME, "unknown_service");
        }
    }
}
