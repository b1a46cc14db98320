//! "did you mean": the closest known word.

/// Longer words are never compared: nobody mistypes them, and it would be slow.
const LONGEST: usize = 64;

/// The word of `among` that `word` is most likely a misspelling of.
///
/// Case, and `-` written for `_`, do not count as differences. Returns `None`
/// where nothing is close enough to be a helpful guess.
pub fn suggest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<String> {
    if word.is_empty() || word.chars().nth(LONGEST).is_some() {
        return None;
    }
    let wanted = fold(word);
    let mut best: Option<(usize, &str)> = None;
    for candidate in among {
        if candidate == word || candidate.len() > LONGEST * 4 {
            continue;
        }
        let folded = fold(candidate);
        let distance = strsim::damerau_levenshtein(&wanted, &folded);
        let longest = wanted.chars().count().max(folded.chars().count());
        let close = distance == 0 || (distance <= (longest / 3).max(1) && distance < longest);
        if close && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, found)| found.to_owned())
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

/// "one of `a`, `b`", shortened where the list is long.
pub(super) fn one_of(words: &[&str]) -> String {
    const SHOWN: usize = 40;
    let quoted: Vec<String> = words.iter().take(SHOWN).map(|word| format!("`{word}`")).collect();
    let mut text = match quoted.as_slice() {
        [] => "no fields".to_owned(),
        [only] => only.clone(),
        several => format!("one of {}", several.join(", ")),
    };
    let hidden = words.len().saturating_sub(SHOWN);
    if hidden > 0 {
        text.push_str(&format!(" and {hidden} more"));
    }
    text
}
