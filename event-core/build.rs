//! `links` needs a build script: it keeps two copies of the run time, and so two halves of one
//! catalog, out of a build.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
