//! The cells of formats that are plain text.

use crate::exchange::cells::Column::{Aiken, Csv, Gift, Markdown};
use crate::exchange::cells::{Cell, held, reported};

pub(crate) const ONE: &str = "one right choice";
pub(crate) const SEVERAL: &str = "several right choices";
pub(crate) const TRUTH: &str = "true or false";
pub(crate) const ORDER: &str = "order";
pub(crate) const MATCH: &str = "matching";
pub(crate) const TYPED: &str = "typed answer";
pub(crate) const NUMBER: &str = "exact number";
pub(crate) const TOLERANCE: &str = "number with a tolerance";
pub(crate) const ESSAY: &str = "essay, description";
pub(crate) const CARD: &str = "flashcard";
pub(crate) const CLOZE: &str = "text with blanks";
pub(crate) const WHY: &str = "rationale of a choice";
pub(crate) const EXPLANATION: &str = "rationale of the whole";
pub(crate) const REFS: &str = "references";
pub(crate) const TAGS: &str = "tags";
pub(crate) const DOMAIN: &str = "domains";
pub(crate) const TASK: &str = "tasks";
pub(crate) const DIFFICULTY: &str = "difficulty";
pub(crate) const ID: &str = "names of items";
pub(crate) const HTML: &str = "HTML";
pub(crate) const CODE: &str = "code";
pub(crate) const PICTURE: &str = "pictures";
pub(crate) const WEIGHT: &str = "partly right choices";
pub(crate) const NO_KEY: &str = "missing key";

pub(crate) const CELLS: &[Cell] = &[
    held(Gift, ONE, "Which port has HTTPS? {\n=443\n~80\n~22\n}", "Which port has HTTPS? | +443 | -80 | -22"),
    held(Gift, SEVERAL, "Which are safe? {~%50%GET ~%50%HEAD ~%-100%POST}", "Which are safe? | +GET | +HEAD | -POST"),
    held(
        Gift,
        TRUTH,
        "Ports are numbers.{TRUE#They are.#From 0 on.}",
        "Ports are numbers. | +True (From 0 on.) | -False (They are.) fixed",
    ),
    held(
        Gift,
        MATCH,
        "Match the ports. {\n=HTTP -> 80\n=SSH -> 22\n= -> 443\n}",
        "Match the ports. | HTTP -> 80 | SSH -> 22 | -443",
    ),
    held(Gift, TYPED, "Who am I? {=root =%100%the superuser}", "Who am I? = root, the superuser"),
    held(Gift, NUMBER, "2 + 2? {#4}", "2 + 2? = 4"),
    reported(Gift, TOLERANCE, "Pi? {#3.14:0.01}", "a number with a tolerance"),
    reported(Gift, ESSAY, "Tell me more. {}", "an essay has no right answer"),
    held(Gift, WHY, "Q? {=a#so it is ~b#not so}", "Q? | +a (so it is) | -b (not so)"),
    held(Gift, EXPLANATION, "Q? {=a ~b####All about it\\: a.}", "Q? | +a (All about it: a.) | -b"),
    held(Gift, TAGS, "// [id:q7] [tag:net] [tag:old]\nQ? {=a ~b}", "Q? | +a | -b #net #old =q7"),
    held(Gift, DOMAIN, "$CATEGORY: $course$/top/Networks\n\nQ? {=a ~b}", "Q? | +a | -b @networks"),
    held(Gift, TASK, "$CATEGORY: Networks/TCP/Ports\n\nQ? {=a ~b}", "Q? | +a | -b @networks/tcp-ports"),
    held(Gift, ID, "::net-1:: Q? {=a ~b}", "Q? | +a | -b =net-1"),
    held(Gift, HTML, "[html]<p>One<br/>two &amp; <b>three</b></p>{=a ~b}", "One↵two & **three** | +a | -b"),
    held(
        Gift,
        CODE,
        "<pre>if (x \\=\\= 1) \\{ go() \\}</pre> What? {=a ~b}",
        "```¶if (x == 1) { go() }¶```¶¶What? | +a | -b",
    ),
    reported(Gift, PICTURE, "Look: <img src\\=\"net.png\"> {=a ~b}", "a picture or sound is not brought over"),
    reported(Gift, WEIGHT, "Q? {=a ~%50%b ~c}", "earned a part of the point counts as wrong"),
    reported(Gift, NO_KEY, "Q? {~a ~b}", "no choice is marked as right"),
    held(Aiken, ONE, "Which?\nA. one\nB) two\nANSWER: B\n", "Which? | -one | +two"),
    held(Aiken, SEVERAL, "Which?\nA. one\nB. two\nC. three\nANSWER: A, C\n", "Which? | +one | -two | +three"),
    held(Aiken, TRUTH, "Is it?\nA. True\nB. False\nANSWER: B\n", "Is it? | -True | +False"),
    held(Aiken, EXPLANATION, "Which?\nA. one\nB. two\nANSWER: B\nFEEDBACK: since\n", "Which? | -one | +two (since)"),
    held(Aiken, HTML, "A &lt; B,<br>or not?\nA. 1 &amp; 2\nB. 3\nANSWER: A\n", "A < B,↵or not? | +1 & 2 | -3"),
    held(Aiken, CODE, "What is `a &lt; b`?\nA. x\nB. y\nANSWER: A\n", "What is `a &lt; b`? | +x | -y"),
    reported(
        Aiken,
        PICTURE,
        "Look <img src=n.png>?\nA. x\nB. y\nANSWER: A\n",
        "a picture or sound is not brought over",
    ),
    reported(Aiken, NO_KEY, "Which?\nA. one\nB. two\n\nANSWER: E\n", "the answer `E` is none of its 2 choices"),
    held(Csv, ONE, "question,a,b,c,answer\nWhich?,one,two,three,B\n", "Which? | -one | +two | -three"),
    held(Csv, SEVERAL, "question;a;b;c;correct\nWhich?;one;two;three;Ac\n", "Which? | +one | -two | +three"),
    held(Csv, TRUTH, "question,answer,explanation\nIs it?,TRUE,so\n", "Is it? | +True (so) | -False fixed"),
    held(Csv, ORDER, "type,stem,a,b,c,answer\norder,Steps?,two,one,no,B A\n", "Steps? > one > two | -no"),
    held(
        Csv,
        MATCH,
        "type,stem,match a,choice a,match b,choice b,choice c\nmatch,Ports?,HTTP,80,SSH,22,443\n",
        "Ports? | HTTP -> 80 | SSH -> 22 | -443",
    ),
    held(Csv, TYPED, "question,answer\nWho?,root|superuser\n", "Who? = root, superuser"),
    held(Csv, NUMBER, "question,answer\n2 + 2?,4\n", "2 + 2? = 4"),
    held(Csv, CARD, "EC2\tCompute\nS3\tStorage, for all\n", "EC2 => Compute"),
    held(Csv, CLOZE, "type,stem,answer\ncloze,A {{volume}} here,\n", "cloze A {{volume}} here"),
    held(
        Csv,
        WHY,
        "Question,Answer Option 1,Explanation 1,Answer Option 2,Explanation 2,Correct Answers\nQ?,x,yes,y,no,1\n",
        "Q? | +x (yes) | -y (no)",
    ),
    held(Csv, EXPLANATION, "question,a,b,answer,explanation\nQ?,x,y,A,\"so, and so\"\n", "Q? | +x (so, and so) | -y"),
    held(Csv, REFS, "question,a,b,answer,reference\nQ?,x,y,A,https://a.b/c\n", "Q? | +x | -y <https://a.b/c>"),
    held(Csv, TAGS, "question,a,b,answer,tags\nQ?,x,y,A,net; old\n", "Q? | +x | -y #net #old"),
    held(Csv, DOMAIN, "question,a,b,answer,category\nQ?,x,y,A,Net Work\n", "Q? | +x | -y @net-work"),
    held(Csv, TASK, "question,a,b,answer,domain,task\nQ?,x,y,A,Net,1.1 Ports\n", "Q? | +x | -y @net/1.1-ports"),
    held(Csv, DIFFICULTY, "question,a,b,answer,difficulty\nQ?,x,y,A,Hard\n", "Q? | +x | -y !Hard"),
    held(Csv, ID, "id,question,a,b,answer\nq-7:x,Q?,x,y,A\n", "Q? | +x | -y"),
    held(Csv, HTML, "question,a,b,answer\nOne<br>two,x &amp; z,y,A\n", "One↵two | +x & z | -y"),
    held(Csv, CODE, "question,a,b,answer\nWhat is `&lt;`?,x,y,A\n", "What is `&lt;`? | +x | -y"),
    reported(Csv, PICTURE, "question,a,b,answer\n<img src=a.png> Q?,x,y,A\n", "a picture or sound is not brought over"),
    reported(Csv, NO_KEY, "question,a,b,answer\nQ?,x,y,\n", "no answer is given"),
    held(Markdown, ONE, "1. Which?\n   - A. one\n   - B. two\n\n   **Answer: B**\n", "Which? | -one | +two"),
    held(Markdown, SEVERAL, "### Which?\n\n- [x] one\n- [ ] two\n- [X] three\n", "Which? | +one | -two | +three"),
    held(Markdown, TRUTH, "1. Is it?\n- [ ] True\n- [x] False\n", "Is it? | -True | +False"),
    held(
        Markdown,
        EXPLANATION,
        "## Question 1\nWhich?\nA. one\nB. two\n<details><summary>Answer</summary>\n\nB\n\nSince it is\nso.\n</details>\n",
        "Which? | -one | +two (Since it is¶so.)",
    ),
    held(
        Markdown,
        REFS,
        "1. Q?\nA. x\nB. y\nAnswer: A\nReference: [docs](https://a.b/c) and <https://d.e>\n",
        "Q? | +x | -y <https://a.b/c> <https://d.e>",
    ),
    held(Markdown, DOMAIN, "# Bank\n## Net Work\n1. Q?\nA. x\nB. y\nAnswer: A\n", "Q? | +x | -y @net-work"),
    held(Markdown, TASK, "## Net\n### 1.1 Ports\n1. Q?\nA. x\nB. y\nAnswer: A\n", "Q? | +x | -y @net/1.1-ports"),
    held(
        Markdown,
        HTML,
        "1. One<br/>two &amp; <b>three</b>?\nA. x\nB. y\nAnswer: A\n",
        "One↵two & **three**? | +x | -y",
    ),
    held(
        Markdown,
        CODE,
        "1. What is this?\n   ```sh\n   A. ls <x>\n   ```\n   A. x\n   B. y\n\n   Answer: A\n",
        "What is this?¶```sh¶A. ls <x>¶``` | +x | -y",
    ),
    reported(
        Markdown,
        PICTURE,
        "1. Look ![net](img/net.png)?\nA. x\nB. y\nAnswer: A\n",
        "a picture is not brought over",
    ),
    reported(Markdown, NO_KEY, "1. Q?\nA. x\nB. y\n\n2. R?\nA. x\nB. y\nAnswer: A\n", "no answer is given"),
];
