//! Who acts: users, organizations, teams.

use event_core::value::Presence;
use event_core::{EventValue, Timestamp};

/// A user, an organization or a bot, as an account.
#[derive(EventValue, Clone, PartialEq)]
pub struct User {
    pub login: String,
    pub id: i64,
    pub node_id: String,
    #[field(skip_none)]
    pub name: Option<String>,
    #[sensitive(clear = "the sender publishes it")]
    pub email: Presence<String>,
    pub avatar_url: String,
    pub gravatar_id: String,
    pub url: String,
    pub html_url: String,
    pub followers_url: String,
    pub following_url: String,
    pub gists_url: String,
    pub starred_url: String,
    pub subscriptions_url: String,
    pub organizations_url: String,
    pub repos_url: String,
    pub events_url: String,
    pub received_events_url: String,
    pub r#type: AccountType,
    pub site_admin: bool,
}

/// What an account is.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
pub enum AccountType {
    Bot,
    User,
    Organization,
}

/// An organization, as an event names it.
#[derive(EventValue, Clone, PartialEq)]
pub struct Organization {
    pub login: String,
    pub id: i64,
    pub node_id: String,
    pub url: String,
    #[field(skip_none)]
    pub html_url: Option<String>,
    pub repos_url: String,
    pub events_url: String,
    pub hooks_url: String,
    pub issues_url: String,
    pub members_url: String,
    pub public_members_url: String,
    pub avatar_url: String,
    pub description: Option<String>,
}

/// The enterprise that owns the server. Only servers of enterprises send it, and the published
/// schema does not have it.
#[derive(EventValue, Clone, PartialEq)]
pub struct Enterprise {
    pub id: i64,
    pub slug: String,
    pub name: String,
    pub node_id: String,
    pub avatar_url: String,
    pub description: Option<String>,
    pub website_url: Option<String>,
    pub html_url: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A team of an organization.
#[derive(EventValue, Clone, PartialEq)]
pub struct Team {
    pub name: String,
    pub id: i64,
    pub node_id: String,
    pub slug: String,
    pub description: Option<String>,
    pub privacy: TeamPrivacy,
    pub url: String,
    pub html_url: String,
    pub members_url: String,
    pub repositories_url: String,
    pub permission: String,
    #[field(recursive)]
    pub parent: Presence<Box<Team>>,
    #[field(skip_none)]
    pub notification_setting: Option<NotificationSetting>,
}

/// Who sees a team.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum TeamPrivacy {
    Open,
    Closed,
    Secret,
}

/// Whether members of a team are notified.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum NotificationSetting {
    NotificationsEnabled,
    NotificationsDisabled,
}

/// The installation of the app that receives the event.
#[derive(EventValue, Clone, PartialEq)]
pub struct InstallationRef {
    pub id: i64,
    pub node_id: String,
}
