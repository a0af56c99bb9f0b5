//! `links` needs a build script: it keeps two copies of the run time, and so two halves of one
//! catalog, out of a build.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The guide is a symbolic link to the repository's pages. A checkout without symbolic links
    // has its rustdoc without the guide.
    println!("cargo::rustc-check-cfg=cfg(guide)");
    if Path::new("guide/start.md").is_file() {
        println!("cargo::rustc-cfg=guide");
    }
}
