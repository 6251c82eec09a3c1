//! Texts are compiled in: a changed locale file is a changed program.

fn main() {
    println!("cargo:rerun-if-changed=locales");
}
