//! The prose of a page, its headings, and the definitions of its links.

/// The text of a page without its code: what may have links in it.
pub fn prose(page: &str) -> String {
    let (mut text, mut is_code) = (String::new(), false);
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            text.push_str(line);
            text.push('\n');
        }
    }
    // A code span may go over the end of a line.
    text.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// The anchors of a page's headings, as viewers of Markdown and rustdoc make them: `add-a-field`.
pub fn slugs(page: &str) -> Vec<String> {
    let (mut slugs, mut is_code) = (Vec::new(), false);
    for line in page.lines() {
        is_code ^= line.trim_start().starts_with("```");
        let heading = line.trim_start_matches('#').strip_prefix(' ');
        if let (false, true, Some(heading)) = (is_code, line.starts_with('#'), heading) {
            let kept =
                |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
            slugs.push(heading.to_lowercase().chars().filter(kept).collect::<String>());
        }
    }
    slugs.iter().map(|slug| slug.replace(' ', "-")).collect()
}

/// What the labels of a page's links lead to, in order: `[label]: target`.
pub fn definitions(page: &str) -> Vec<(String, String)> {
    let lines = page.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
    let lines = lines.filter(|(label, target)| !label.contains(']') && !target.contains(' '));
    lines.map(|(label, target)| (label.to_owned(), target.to_owned())).collect()
}

/// The targets of the links that are written in the text: `[text](target)`.
pub fn inline_targets(prose: &str) -> Vec<&str> {
    let parts = prose.split("](").skip(1);
    parts.filter_map(|rest| Some(rest.split_once(')')?.0)).collect()
}
