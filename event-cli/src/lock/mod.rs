//! `lock`: locks drafts and records changes.

mod args;
mod record;
mod repair;

pub(crate) use args::LockArgs;

use crate::console::{Console, Ending};
use crate::environment::Env;
use crate::lock_file::{LockFile, refuse_in_ci};
use event_core::Catalog;

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &LockArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let is_dry = args.dry_run || args.check;
    if !is_dry {
        refuse_in_ci("lock", env, args.force)?;
    }
    let file = LockFile::find(catalog, args.place.lock.as_deref(), env)?;
    if !is_dry && !args.repair {
        file.make_directory()?;
    }
    let _hold = (!is_dry).then(|| file.hold(console)).transpose()?;
    if args.repair {
        repair::run(catalog, &file, is_dry, console)
    } else {
        record::run(catalog, args, &file, is_dry, console)
    }
}
