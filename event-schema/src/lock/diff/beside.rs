//! Changes outside the form: the stage, the mode, retired names, acceptances.

use super::{Comparing, What};
use crate::lock::model::Snapshot;
use crate::lock::verdict::Impact;
use event_grammar::lock::{Acceptance, Stage};

impl Comparing<'_> {
    /// Adds the changes outside the form.
    pub(super) fn beside(&mut self, old: &Snapshot, new: &Snapshot) {
        let stage = |stage: Option<Stage>| stage.map_or("draft", Stage::as_str);
        if old.stage != new.stage {
            let is_gone = new.stage == Some(Stage::Retired);
            let verdict = if is_gone { Impact::NEW_READERS } else { Impact::COMPATIBLE };
            self.add(
                What::StageChanged,
                None,
                Some(stage(old.stage)),
                Some(stage(new.stage)),
                verdict,
            );
        }
        if old.mode != new.mode {
            let verdict = if new.mode.is_looser_than(old.mode) {
                Impact::PROMISE
            } else {
                Impact::COMPATIBLE
            };
            self.add(
                What::ModeChanged,
                None,
                Some(old.mode.as_str()),
                Some(new.mode.as_str()),
                verdict,
            );
        }
        for (name, form) in new.retired.iter().filter(|(name, _)| !old.retired.contains_key(*name))
        {
            self.add(What::NameRetired, Some(name), Some(form), None, Impact::COMPATIBLE);
        }
        for (name, form) in old.retired.iter().filter(|(name, _)| !new.retired.contains_key(*name))
        {
            self.add(What::NameFreed, Some(name), Some(form), None, Impact::PROMISE);
        }
        self.acceptances(old, new);
    }

    fn acceptances(&mut self, old: &Snapshot, new: &Snapshot) {
        let text = |accepted: &Acceptance| {
            format!(
                "{} by {} until {}: {}",
                accepted.rule, accepted.who, accepted.until, accepted.reason
            )
        };
        let place =
            |accepted: &Acceptance| Some(accepted.path.clone()).filter(|path| !path.is_empty());
        for accepted in new.accepted.iter().filter(|accepted| !old.accepted.contains(accepted)) {
            self.add(
                What::BreakAccepted,
                place(accepted).as_deref(),
                None,
                Some(&text(accepted)),
                Impact::COMPATIBLE,
            );
        }
        for accepted in old.accepted.iter().filter(|accepted| !new.accepted.contains(accepted)) {
            let place = place(accepted);
            self.add(
                What::AcceptanceRemoved,
                place.as_deref(),
                Some(&text(accepted)),
                None,
                Impact::COMPATIBLE,
            );
        }
    }
}
