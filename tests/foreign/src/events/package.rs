//! Packages.

use crate::types::account::User;
use crate::types::repository::Repository;
use crate::types::source::{Action, Source};
use event_core::value::Presence;
use event_core::{Timestamp, events};
use serde_json::Value;
use std::collections::BTreeMap;

events!(
    /// What registries give to users.
    #[domain(rename = "package", optional(action))]
    pub enum PackageDomain {}

    /// A version of a package is public.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct PackagePublished {
        pub action: Action,
        pub package: Package,
        #[group]
        pub source: Source,
    }

    /// A package of a registry.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Package {
        pub id: i64,
        pub name: String,
        pub namespace: String,
        pub description: Option<String>,
        pub ecosystem: String,
        pub package_type: PackageType,
        pub html_url: String,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub owner: User,
        pub package_version: Option<PackageVersion>,
        pub registry: Registry,
    }

    /// One version of a package.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct PackageVersion {
        pub id: i64,
        pub version: String,
        pub summary: String,
        pub name: String,
        pub description: String,
        #[field(skip_none)]
        pub body: Option<PackageBody>,
        #[field(skip_none)]
        pub body_html: Option<String>,
        #[field(skip_none)]
        pub release: Option<PackageRelease>,
        #[field(skip_none)]
        pub manifest: Option<String>,
        pub html_url: String,
        #[field(skip_none)]
        pub tag_name: Option<String>,
        #[field(skip_none)]
        pub target_commitish: Option<String>,
        #[field(skip_none)]
        pub target_oid: Option<String>,
        #[field(skip_none)]
        pub draft: Option<bool>,
        #[field(skip_none)]
        pub prerelease: Option<bool>,
        #[field(skip_none)]
        pub created_at: Option<Timestamp>,
        #[field(skip_none)]
        pub updated_at: Option<Timestamp>,
        pub metadata: Vec<Value>,
        pub container_metadata: Presence<ContainerMetadata>,
        #[field(skip_none)]
        pub docker_metadata: Option<Vec<Value>>,
        pub npm_metadata: Presence<NpmMetadata>,
        pub nuget_metadata: Presence<Vec<NugetMetadata>>,
        #[field(skip_none)]
        pub rubygems_metadata: Option<Vec<Value>>,
        pub package_files: Vec<PackageFile>,
        #[field(skip_none)]
        pub package_url: Option<String>,
        #[field(skip_none)]
        pub author: Option<User>,
        #[field(skip_none)]
        pub source_url: Option<String>,
        pub installation_command: String,
    }

    /// What is said of a version.
    #[value(untagged)]
    #[derive(Clone, PartialEq)]
    pub enum PackageBody {
        Text(String),
        Formatted(Box<FormattedBody>),
    }

    /// What is said of a version, with where it stands.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct FormattedBody {
        pub repository: BodyRepository,
        pub info: BodyInfo,
        pub attributes: BTreeMap<String, Value>,
        #[field(rename = "_formatted")]
        pub is_formatted: bool,
    }

    /// The repository of a text.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct BodyRepository {
        pub repository: Repository,
    }

    /// The file of a text.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct BodyInfo {
        pub r#type: String,
        pub oid: String,
        pub mode: i64,
        pub name: String,
        pub path: String,
        pub size: Option<i64>,
        pub collection: bool,
    }

    /// The release that a version belongs to.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct PackageRelease {
        pub url: String,
        pub html_url: String,
        pub id: i64,
        pub tag_name: String,
        pub target_commitish: String,
        pub name: String,
        pub draft: bool,
        pub author: User,
        pub prerelease: bool,
        pub created_at: Timestamp,
        pub published_at: Timestamp,
    }

    /// What is known of a container.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct ContainerMetadata {
        pub labels: Presence<BTreeMap<String, Value>>,
        pub manifest: Presence<BTreeMap<String, Value>>,
        #[field(skip_none)]
        pub tag: Option<ContainerTag>,
    }

    /// A tag of a container.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct ContainerTag {
        #[field(skip_none)]
        pub digest: Option<String>,
        #[field(skip_none)]
        pub name: Option<String>,
    }

    /// What npm knows of a package.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct NpmMetadata {
        #[field(skip_none)]
        pub name: Option<String>,
        #[field(skip_none)]
        pub version: Option<String>,
        #[field(skip_none)]
        pub npm_user: Option<String>,
        pub author: Presence<BTreeMap<String, String>>,
        pub bugs: Presence<BTreeMap<String, String>>,
        #[field(skip_none)]
        pub dependencies: Option<BTreeMap<String, String>>,
        #[field(skip_none)]
        pub dev_dependencies: Option<BTreeMap<String, String>>,
        #[field(skip_none)]
        pub peer_dependencies: Option<BTreeMap<String, String>>,
        #[field(skip_none)]
        pub optional_dependencies: Option<BTreeMap<String, String>>,
        #[field(skip_none)]
        pub description: Option<String>,
        pub dist: Presence<BTreeMap<String, String>>,
        #[field(skip_none)]
        pub git_head: Option<String>,
        #[field(skip_none)]
        pub homepage: Option<String>,
        #[field(skip_none)]
        pub license: Option<String>,
        #[field(skip_none)]
        pub main: Option<String>,
        pub repository: Presence<BTreeMap<String, String>>,
        #[field(skip_none)]
        pub scripts: Option<BTreeMap<String, Value>>,
        #[field(skip_none)]
        pub id: Option<String>,
        #[field(skip_none)]
        pub node_version: Option<String>,
        #[field(skip_none)]
        pub npm_version: Option<String>,
        #[field(skip_none)]
        pub has_shrinkwrap: Option<bool>,
        #[field(skip_none)]
        pub maintainers: Option<Vec<BTreeMap<String, Value>>>,
        #[field(skip_none)]
        pub contributors: Option<Vec<BTreeMap<String, Value>>>,
        #[field(skip_none)]
        pub engines: Option<BTreeMap<String, String>>,
        #[field(skip_none)]
        pub keywords: Option<Vec<String>>,
        #[field(skip_none)]
        pub files: Option<Vec<String>>,
        #[field(skip_none)]
        pub bin: Option<BTreeMap<String, Value>>,
        #[field(skip_none)]
        pub man: Option<BTreeMap<String, Value>>,
        pub directories: Presence<BTreeMap<String, String>>,
        #[field(skip_none)]
        pub os: Option<Vec<String>>,
        #[field(skip_none)]
        pub cpu: Option<Vec<String>>,
        #[field(skip_none)]
        pub readme: Option<String>,
        #[field(skip_none)]
        pub installation_command: Option<String>,
        #[field(skip_none)]
        pub release_id: Option<i64>,
        #[field(skip_none)]
        pub commit_oid: Option<String>,
        #[field(skip_none)]
        pub published_via_actions: Option<bool>,
        #[field(skip_none)]
        pub deleted_by_id: Option<i64>,
    }

    /// One thing that the registry `NuGet` knows of a package.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct NugetMetadata {
        #[field(skip_none)]
        pub id: Option<NugetId>,
        #[field(skip_none)]
        pub name: Option<String>,
        #[field(skip_none)]
        pub value: Option<NugetValue>,
    }

    /// What a thing is called.
    #[value(untagged)]
    #[derive(Clone, PartialEq)]
    pub enum NugetId {
        Number(i64),
        Text(String),
    }

    /// What a thing is.
    #[value(untagged)]
    #[derive(Clone, PartialEq)]
    pub enum NugetValue {
        Truth(bool),
        Number(i64),
        Text(String),
        Source(NugetSource),
    }

    /// Where a package is built from.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct NugetSource {
        #[field(skip_none)]
        pub url: Option<String>,
        #[field(skip_none)]
        pub branch: Option<String>,
        #[field(skip_none)]
        pub commit: Option<String>,
        #[field(skip_none)]
        pub r#type: Option<String>,
    }

    /// A file of a package.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct PackageFile {
        pub download_url: String,
        pub id: i64,
        pub name: String,
        pub sha256: String,
        pub sha1: String,
        pub md5: String,
        pub content_type: String,
        pub state: String,
        pub size: i64,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    /// The registry that has the package.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Registry {
        pub about_url: String,
        pub name: String,
        pub r#type: String,
        pub url: String,
        pub vendor: String,
    }

    /// What kind of package it is.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum PackageType {
        Npm,
        Maven,
        Rubygems,
        Docker,
        Nuget,
        #[value(rename = "CONTAINER")]
        Container,
    }
);
