"""The same questions as each program reads them."""

import random

DOMAINS = ["compute", "storage", "network", "billing"]
N_WORDS = 30_000
SYLLABLES = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vo", "wi", "za", "lo"]
"""Every word is made of four of these."""

MARK = "Kestrel"
"""Begins every stem, so that a screen that shows it shows a question."""

N_TAGS = 50
SEARCHED = 200
"""Rank of a word that about a fortieth of the questions has."""
UNKNOWN = "xylophone"
"""A word that no question has."""


class Question:
    """A question with four choices, the first of which is right."""

    def __init__(self, idx, text):
        self.idx = idx
        self.domain = DOMAINS[idx % len(DOMAINS)]
        self.tag = f"tag{idx % N_TAGS:02}"
        self.stem = f"{MARK} {idx} {text(20)}?"
        self.choices = [f"{'right' if nth == 0 else 'wrong'} {idx} {text(3)}" for nth in range(4)]
        self.reasons = [text(7) for _ in range(4)]


def word(rank):
    """Returns the word of a rank, from the most common, 0, to the rarest."""
    return "".join(SYLLABLES[rank >> shift & 15] for shift in (12, 8, 4, 0))


def questions(n_questions):
    """Yields questions of about 770 bytes of YAML, always the same ones; few words are common and most are rare."""
    rng = random.Random(1)

    def text(n_words):
        ranks = (int(N_WORDS * rng.random() * rng.random() * rng.random()) for _ in range(n_words))
        return " ".join(word(rank) for rank in ranks)

    for idx in range(n_questions):
        yield Question(idx, text)


def yaml(items, header=True):
    lines = []
    if header:
        lines += ["id: large", "title: Large", "domains:"]
        lines += [f"  - {{id: {domain}, title: About {domain}, weight: 25}}" for domain in DOMAINS]
    lines.append("questions:")
    for item in items:
        lines += [f"  - id: q{item.idx:06}", f"    domain: {item.domain}", f"    tags: [{item.tag}]"]
        lines += [f"    stem: {item.stem}", "    choices:"]
        for nth, (choice, reason) in enumerate(zip(item.choices, item.reasons)):
            correct = ", correct: true" if nth == 0 else ""
            lines.append(f"      - {{text: {choice}{correct}, why: {reason}}}")
    return "\n".join(lines) + "\n"


def table(items):
    """Returns tab-separated front, back and tags, as Anki reads them."""
    rows = ["#separator:tab", "#html:true", "#tags column:3"]
    for item in items:
        front = "<br>".join([item.stem, *item.choices])
        back = "<br>".join([item.choices[0], *item.reasons])
        rows.append(f"{front}\t{back}\t{item.tag} {item.domain}")
    return "\n".join(rows) + "\n"


def carddown(items):
    cards = []
    for item in items:
        back = "\n".join([*item.choices, *item.reasons])
        cards.append(f"{item.stem} #flashcard #{item.tag} #{item.domain}\n{back}\n---\n")
    return "\n".join(cards)


def hashcards(items):
    cards = []
    for item in items:
        front = "\n".join([item.stem, *item.choices])
        back = "\n".join([item.choices[0], *item.reasons])
        cards.append(f"Q: {front}\nA: {back}\n")
    return "\n".join(cards)
