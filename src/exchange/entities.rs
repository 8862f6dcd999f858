//! The named characters of HTML 4, and numbered ones.

/// The names of the characters from U+00A0 to U+00FF, in order.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
    sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring \
    AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times \
    Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute \
    ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
    uuml yacute thorn yuml";

/// The other names, each before its character.
const OTHERS: &str = "quot \" amp & lt < gt > apos ' OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ fnof ƒ circ ˆ tilde ˜ \
    Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π \
    Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ \
    iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigmaf ς sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω \
    ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ dagger † Dagger ‡ bull • hellip … permil ‰ prime ′ \
    Prime ″ lsaquo ‹ rsaquo › oline ‾ frasl ⁄ euro € image ℑ weierp ℘ real ℜ trade ™ alefsym ℵ larr ← uarr ↑ rarr → darr ↓ \
    harr ↔ lArr ⇐ uArr ⇑ rArr ⇒ dArr ⇓ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ ni ∋ prod ∏ sum ∑ \
    minus − lowast ∗ radic √ prop ∝ infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ cong ≅ asymp ≈ ne ≠ equiv ≡ \
    le ≤ ge ≥ sub ⊂ sup ⊃ nsub ⊄ sube ⊆ supe ⊇ oplus ⊕ otimes ⊗ perp ⊥ sdot ⋅ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ loz ◊ \
    spades ♠ clubs ♣ hearts ♥ diams ♦";

/// Longest name or number between `&` and `;`.
const MAX_NAME: usize = 10;

/// Reads a character reference at the beginning of `text`, which begins with `&`: the character, and the bytes of the
/// reference. `None` if there is none; a missing semicolon makes it none.
pub(in crate::exchange) fn reference(text: &str) -> Option<(char, usize)> {
    let inside = text.strip_prefix('&')?;
    let end = inside.bytes().take(MAX_NAME + 1).position(|byte| byte == b';')?;
    let name = inside.get(..end)?;
    let found = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(name)?,
    };
    Some((found, end + 2))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

fn named(name: &str) -> Option<char> {
    if let Some(idx) = LATIN_1.split_ascii_whitespace().position(|own| own == name) {
        return u32::try_from(idx).ok().and_then(|idx| char::from_u32(0xa0 + idx));
    }
    let mut words = OTHERS.split_ascii_whitespace();
    while let (Some(own), Some(c)) = (words.next(), words.next()) {
        if own == name {
            return c.chars().next();
        }
    }
    // Zero-width ones and blanks cannot stand in a table of words.
    match name {
        "ensp" | "emsp" | "thinsp" => Some(' '),
        "zwnj" => Some('\u{200c}'),
        "zwj" => Some('\u{200d}'),
        _ => None,
    }
}

/// Puts characters in the place of their references, but not between backticks. Hard blanks become blanks.
pub(in crate::exchange) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_code = false;
    while let Some(at) = rest.find(['&', '`']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let n_bytes = match reference(rest) {
            Some((c, n_bytes)) if !is_code => {
                plain.push(if c == '\u{a0}' { ' ' } else { c });
                n_bytes
            }
            _ => {
                is_code ^= rest.starts_with('`');
                plain.push_str(&rest[..1]);
                1
            }
        };
        rest = &rest[n_bytes..];
    }
    plain + rest
}

/// Writes a text so that [`unescape`] gives it back and nobody takes it for HTML.
pub(in crate::exchange) fn escaped_references(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut is_code = false;
    for (at, c) in text.char_indices() {
        match c {
            '&' if !is_code && reference(&text[at..]).is_some() => safe.push_str("&amp;"),
            '<' if !is_code && text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                safe.push_str("&lt;");
            }
            c => {
                is_code ^= c == '`';
                safe.push(c);
            }
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(unescape(text), expected);
    }

    #[test]
    fn references_become_characters() {
        check("AT&amp;T &lt;br&gt; &quot;x&quot; &#39;y&#x27;", "AT&T <br> \"x\" 'y'");
        check("&eacute;&yuml;&nbsp;&ndash;&euro;&diams;&Omega;&OElig;", "éÿ –€♦ΩŒ");
        check("&#x1F600;", "😀");
    }

    #[test]
    fn what_is_no_reference_stays() {
        check("a & b && c &unknown; &amp &#0; &#xD800; &", "a & b && c &unknown; &amp &#0; &#xD800; &");
        check("write `&lt;` for &lt;", "write `&lt;` for <");
    }
}
