//! The cells of formats that are XML or packages.

use crate::exchange::cells::Column::{Anki, Moodle, Qti1, Qti2};
use crate::exchange::cells::{Cell, held, reported};
use crate::exchange::text_cells::{
    CARD, CLOZE, CODE, DOMAIN, ESSAY, EXPLANATION, HTML, ID, MATCH, NO_KEY, NUMBER, ONE, ORDER, PICTURE, REFS, SEVERAL,
    TAGS, TASK, TOLERANCE, TRUTH, TYPED, WEIGHT, WHY,
};

pub(crate) const CELLS: &[Cell] = &[
    held(
        Moodle,
        ONE,
        r#"<question type="multichoice"><questiontext format="html"><text><![CDATA[<p>Which?</p>]]></text></questiontext>
        <single>true</single><shuffleanswers>0</shuffleanswers>
        <answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question>"#,
        "Which? | +a | -b fixed",
    ),
    held(
        Moodle,
        SEVERAL,
        r#"<question type="multichoice"><questiontext><text>Which?</text></questiontext><single>false</single>
        <answer fraction="50"><text>a</text></answer><answer fraction="50"><text>b</text></answer>
        <answer fraction="-100"><text>c</text></answer></question>"#,
        "Which? | +a | +b | -c",
    ),
    held(
        Moodle,
        TRUTH,
        r#"<question type="truefalse"><questiontext><text>So?</text></questiontext>
        <answer fraction="0"><text>true</text><feedback><text>No.</text></feedback></answer>
        <answer fraction="100"><text>false</text></answer></question>"#,
        "So? | -True (No.) | +False fixed",
    ),
    held(
        Moodle,
        ORDER,
        r#"<question type="ordering"><questiontext><text>Steps?</text></questiontext>
        <answer fraction="2.0"><text>then</text></answer><answer fraction="1.0"><text>first</text></answer></question>"#,
        "Steps? > first > then",
    ),
    held(
        Moodle,
        MATCH,
        r#"<question type="matching"><questiontext><text>Ports?</text></questiontext>
        <subquestion><text>HTTP</text><answer><text>80</text></answer></subquestion>
        <subquestion><text>SSH</text><answer><text>22</text></answer></subquestion>
        <subquestion><text></text><answer><text>443</text></answer></subquestion></question>"#,
        "Ports? | HTTP -> 80 | SSH -> 22 | -443",
    ),
    held(
        Moodle,
        TYPED,
        r#"<question type="shortanswer"><questiontext><text>Who?</text></questiontext>
        <answer fraction="100"><text>root</text></answer><answer fraction="100"><text>superuser</text></answer>
        <answer fraction="0"><text>*</text></answer></question>"#,
        "Who? = root, superuser",
    ),
    held(
        Moodle,
        NUMBER,
        r#"<question type="numerical"><questiontext><text>2 + 2?</text></questiontext>
        <answer fraction="100"><text>4</text><tolerance>0</tolerance></answer></question>"#,
        "2 + 2? = 4",
    ),
    reported(
        Moodle,
        TOLERANCE,
        r#"<question type="numerical"><questiontext><text>Pi?</text></questiontext>
        <answer fraction="100"><text>3.14</text><tolerance>0.01</tolerance></answer></question>"#,
        "a number with a tolerance",
    ),
    reported(
        Moodle,
        ESSAY,
        r#"<question type="essay"><questiontext><text>Tell.</text></questiontext></question>"#,
        "an essay has no right answer",
    ),
    held(
        Moodle,
        WHY,
        r#"<question type="multichoice"><questiontext><text>Q?</text></questiontext>
        <answer fraction="100"><text>a</text><feedback><text>so</text></feedback></answer>
        <answer fraction="0"><text>b</text><feedback><text>no</text></feedback></answer></question>"#,
        "Q? | +a (so) | -b (no)",
    ),
    held(
        Moodle,
        EXPLANATION,
        r#"<question type="multichoice"><questiontext><text>Q?</text></questiontext><generalfeedback><text>since</text></generalfeedback>
        <answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question>"#,
        "Q? | +a (since) | -b",
    ),
    held(
        Moodle,
        TAGS,
        r#"<question type="truefalse"><questiontext><text>So?</text></questiontext><answer fraction="100"><text>true</text></answer>
        <tags><tag><text>net</text></tag><tag><text>old one</text></tag></tags></question>"#,
        "So? | +True | -False fixed #net #old one",
    ),
    held(
        Moodle,
        DOMAIN,
        r#"<question type="category"><category><text>$course$/top/Networks</text></category></question>
        <question type="truefalse"><questiontext><text>So?</text></questiontext><answer fraction="100"><text>true</text></answer></question>"#,
        "So? | +True | -False fixed @networks",
    ),
    held(
        Moodle,
        TASK,
        r#"<question type="category"><category><text>$course$/top/Networks/TCP</text></category></question>
        <question type="truefalse"><questiontext><text>So?</text></questiontext><answer fraction="100"><text>true</text></answer></question>"#,
        "So? | +True | -False fixed @networks/tcp",
    ),
    held(
        Moodle,
        ID,
        r#"<question type="truefalse"><questiontext><text>So?</text></questiontext><idnumber>net 7</idnumber>
        <answer fraction="100"><text>true</text></answer></question>"#,
        "So? | +True | -False fixed =net-7",
    ),
    held(
        Moodle,
        HTML,
        r#"<question type="truefalse"><questiontext format="html"><text>&lt;p&gt;One&lt;br/&gt;&lt;b&gt;two&lt;/b&gt; &amp;amp; 3&lt;/p&gt;</text></questiontext>
        <answer fraction="100"><text>true</text></answer></question>"#,
        "One↵**two** & 3 | +True | -False fixed",
    ),
    held(
        Moodle,
        CODE,
        r#"<question type="truefalse"><questiontext format="html"><text><![CDATA[Run <code>ls &lt;x&gt;</code>?]]></text></questiontext>
        <answer fraction="100"><text>true</text></answer></question>"#,
        "Run `ls <x>`? | +True | -False fixed",
    ),
    reported(
        Moodle,
        PICTURE,
        r#"<question type="truefalse"><questiontext format="html"><text><![CDATA[<img src="@@PLUGINFILE@@/a.png">So?]]></text></questiontext>
        <answer fraction="100"><text>true</text></answer></question>"#,
        "a picture or sound is not brought over",
    ),
    reported(
        Moodle,
        WEIGHT,
        r#"<question type="multichoice"><questiontext><text>Q?</text></questiontext>
        <answer fraction="100"><text>a</text></answer><answer fraction="50"><text>b</text></answer></question>"#,
        "earned a part of the point counts as wrong",
    ),
    reported(
        Moodle,
        NO_KEY,
        r#"<question type="multichoice"><questiontext><text>Q?</text></questiontext>
        <answer fraction="0"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question>"#,
        "no choice is marked as right",
    ),
    held(
        Qti1,
        ONE,
        r#"<section><item ident="i1"><presentation><material><mattext texttype="text/html">&lt;p&gt;Which?&lt;/p&gt;</mattext></material>
        <response_lid ident="r" rcardinality="Single"><render_choice shuffle="No">
        <response_label ident="x"><material><mattext>a</mattext></material></response_label>
        <response_label ident="y"><material><mattext>b</mattext></material></response_label></render_choice></response_lid></presentation>
        <resprocessing><respcondition><conditionvar><varequal respident="r">y</varequal></conditionvar><setvar>100</setvar></respcondition>
        </resprocessing></item></section>"#,
        "Which? | -a | +b fixed =i1",
    ),
    held(
        Qti1,
        SEVERAL,
        r#"<section><item><presentation><material><mattext>Which?</mattext></material>
        <response_lid ident="r" rcardinality="Multiple"><render_choice>
        <response_label ident="x"><material><mattext>a</mattext></material></response_label>
        <response_label ident="y"><material><mattext>b</mattext></material></response_label>
        <response_label ident="z"><material><mattext>c</mattext></material></response_label></render_choice></response_lid></presentation>
        <resprocessing><respcondition><conditionvar><and><varequal respident="r">x</varequal><not><varequal respident="r">y</varequal></not>
        <varequal respident="r">z</varequal></and></conditionvar><setvar>100</setvar></respcondition></resprocessing></item></section>"#,
        "Which? | +a | -b | +c",
    ),
    held(
        Qti1,
        ORDER,
        r#"<section><item><presentation><material><mattext>Steps?</mattext></material>
        <response_lid ident="r" rcardinality="Ordered"><render_choice>
        <response_label ident="x"><material><mattext>then</mattext></material></response_label>
        <response_label ident="y"><material><mattext>first</mattext></material></response_label></render_choice></response_lid></presentation>
        <resprocessing><respcondition><conditionvar><varequal respident="r">y</varequal><varequal respident="r">x</varequal></conditionvar>
        <setvar>1</setvar></respcondition></resprocessing></item></section>"#,
        "Steps? > first > then",
    ),
    held(
        Qti1,
        MATCH,
        r#"<section><item><presentation><material><mattext>Ports?</mattext></material>
        <response_lid ident="r1"><material><mattext>HTTP</mattext></material><render_choice>
        <response_label ident="a"><material><mattext>80</mattext></material></response_label>
        <response_label ident="b"><material><mattext>22</mattext></material></response_label>
        <response_label ident="c"><material><mattext>443</mattext></material></response_label></render_choice></response_lid>
        <response_lid ident="r2"><material><mattext>SSH</mattext></material><render_choice>
        <response_label ident="a"><material><mattext>80</mattext></material></response_label>
        <response_label ident="b"><material><mattext>22</mattext></material></response_label></render_choice></response_lid></presentation>
        <resprocessing><respcondition><conditionvar><varequal respident="r1">a</varequal></conditionvar><setvar>50</setvar></respcondition>
        <respcondition><conditionvar><varequal respident="r2">b</varequal></conditionvar><setvar>50</setvar></respcondition>
        </resprocessing></item></section>"#,
        "Ports? | HTTP -> 80 | SSH -> 22 | -443",
    ),
    held(
        Qti1,
        TYPED,
        r#"<section><item><presentation><material><mattext>Who?</mattext></material>
        <response_str ident="r"><render_fib/></response_str></presentation>
        <resprocessing><respcondition><conditionvar><varequal respident="r">root</varequal><varequal respident="r">superuser</varequal>
        </conditionvar><setvar>100</setvar></respcondition></resprocessing></item></section>"#,
        "Who? = root, superuser",
    ),
    reported(
        Qti1,
        ESSAY,
        r#"<section><item title="Tell"><presentation><material><mattext>Tell.</mattext></material>
        <response_str ident="r"><render_fib/></response_str></presentation></item></section>"#,
        "an essay has no right answer",
    ),
    held(
        Qti1,
        WHY,
        r#"<section><item><presentation><material><mattext>Q?</mattext></material><response_lid ident="r"><render_choice>
        <response_label ident="x"><material><mattext>a</mattext></material></response_label>
        <response_label ident="y"><material><mattext>b</mattext></material></response_label></render_choice></response_lid></presentation>
        <resprocessing><respcondition><conditionvar><varequal respident="r">y</varequal></conditionvar>
        <displayfeedback linkrefid="y_fb"/></respcondition>
        <respcondition><conditionvar><varequal respident="r">x</varequal></conditionvar><setvar>1</setvar></respcondition></resprocessing>
        <itemfeedback ident="y_fb"><flow_mat><material><mattext>no</mattext></material></flow_mat></itemfeedback></item></section>"#,
        "Q? | +a | -b (no)",
    ),
    held(
        Qti1,
        EXPLANATION,
        r#"<section><item><presentation><material><mattext>Q?</mattext></material><response_lid ident="r"><render_choice>
        <response_label ident="x"><material><mattext>a</mattext></material></response_label>
        <response_label ident="y"><material><mattext>b</mattext></material></response_label></render_choice></response_lid></presentation>
        <resprocessing><respcondition><conditionvar><other/></conditionvar><displayfeedback linkrefid="general_fb"/></respcondition>
        <respcondition><conditionvar><varequal respident="r">x</varequal></conditionvar><setvar>1</setvar></respcondition></resprocessing>
        <itemfeedback ident="general_fb"><material><mattext>since</mattext></material></itemfeedback></item></section>"#,
        "Q? | +a (since) | -b",
    ),
    held(
        Qti1,
        DOMAIN,
        r#"<section title="Net"><item><presentation><material><mattext>Who?</mattext></material><response_str ident="r"/></presentation>
        <resprocessing><respcondition><conditionvar><varequal respident="r">root</varequal></conditionvar><setvar>1</setvar></respcondition>
        </resprocessing></item></section>"#,
        "Who? = root @net",
    ),
    held(
        Qti1,
        TASK,
        r#"<section title="Net"><section title="TCP"><item><presentation><material><mattext>Who?</mattext></material>
        <response_str ident="r"/></presentation><resprocessing><respcondition><conditionvar><varequal respident="r">root</varequal>
        </conditionvar><setvar>1</setvar></respcondition></resprocessing></item></section></section>"#,
        "Who? = root @net/tcp",
    ),
    held(
        Qti1,
        ID,
        r#"<section><item ident="net_7"><presentation><material><mattext>Who?</mattext></material><response_str ident="r"/></presentation>
        <resprocessing><respcondition><conditionvar><varequal respident="r">root</varequal></conditionvar><setvar>1</setvar></respcondition>
        </resprocessing></item></section>"#,
        "Who? = root =net_7",
    ),
    reported(
        Qti1,
        PICTURE,
        r#"<section><item><presentation><material><matimage uri="a.png"/><mattext>Who?</mattext></material><response_str ident="r"/></presentation>
        <resprocessing><respcondition><conditionvar><varequal respident="r">root</varequal></conditionvar><setvar>1</setvar></respcondition>
        </resprocessing></item></section>"#,
        "a picture or sound is not brought over",
    ),
    reported(
        Qti1,
        NO_KEY,
        r#"<section><item title="Q"><presentation><material><mattext>Q?</mattext></material><response_lid ident="r"><render_choice>
        <response_label ident="x"><material><mattext>a</mattext></material></response_label></render_choice></response_lid></presentation>
        </item></section>"#,
        "no answer is given",
    ),
    held(
        Qti2,
        ONE,
        r#"<q:assessmentItem xmlns:q="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="T">
        <q:responseDeclaration identifier="R" cardinality="single" baseType="identifier"><q:correctResponse><q:value>y</q:value>
        </q:correctResponse></q:responseDeclaration><q:itemBody><q:p>Which?</q:p>
        <q:choiceInteraction responseIdentifier="R" shuffle="false"><q:simpleChoice identifier="x">a</q:simpleChoice>
        <q:simpleChoice identifier="y">b</q:simpleChoice></q:choiceInteraction></q:itemBody></q:assessmentItem>"#,
        "Which? | -a | +b fixed =i1",
    ),
    held(
        Qti2,
        SEVERAL,
        r#"<assessmentItem identifier="i1"><responseDeclaration identifier="R" cardinality="multiple"><mapping>
        <mapEntry mapKey="x" mappedValue="1"/><mapEntry mapKey="y" mappedValue="-1"/><mapEntry mapKey="z" mappedValue="1"/></mapping>
        </responseDeclaration><itemBody><choiceInteraction responseIdentifier="R" shuffle="true"><prompt>Which?</prompt>
        <simpleChoice identifier="x">a</simpleChoice><simpleChoice identifier="y">b</simpleChoice>
        <simpleChoice identifier="z">c</simpleChoice></choiceInteraction></itemBody></assessmentItem>"#,
        "Which? | +a | -b | +c =i1",
    ),
    held(
        Qti2,
        ORDER,
        r#"<assessmentItem identifier="i1"><responseDeclaration identifier="R"><correctResponse><value>y</value><value>x</value>
        </correctResponse></responseDeclaration><itemBody><orderInteraction responseIdentifier="R"><prompt>Steps?</prompt>
        <simpleChoice identifier="x">then</simpleChoice><simpleChoice identifier="y">first</simpleChoice></orderInteraction></itemBody>
        </assessmentItem>"#,
        "Steps? > first > then =i1",
    ),
    held(
        Qti2,
        MATCH,
        r#"<assessmentItem identifier="i1"><responseDeclaration identifier="R"><correctResponse><value>h p</value><value>s q</value>
        </correctResponse></responseDeclaration><itemBody><matchInteraction responseIdentifier="R"><prompt>Ports?</prompt>
        <simpleMatchSet><simpleAssociableChoice identifier="h">HTTP</simpleAssociableChoice>
        <simpleAssociableChoice identifier="s">SSH</simpleAssociableChoice></simpleMatchSet>
        <simpleMatchSet><simpleAssociableChoice identifier="q">22</simpleAssociableChoice>
        <simpleAssociableChoice identifier="n">443</simpleAssociableChoice>
        <simpleAssociableChoice identifier="p">80</simpleAssociableChoice></simpleMatchSet></matchInteraction></itemBody></assessmentItem>"#,
        "Ports? | HTTP -> 80 | SSH -> 22 | -443 =i1",
    ),
    held(
        Qti2,
        TYPED,
        r#"<qti-assessment-item identifier="i1"><qti-response-declaration identifier="R"><qti-correct-response><qti-value>root</qti-value>
        </qti-correct-response><qti-mapping><qti-map-entry map-key="superuser" mapped-value="1"/></qti-mapping></qti-response-declaration>
        <qti-item-body><p>It is <qti-text-entry-interaction response-identifier="R"/> who may.</p></qti-item-body></qti-assessment-item>"#,
        "It is _____ who may. = root, superuser =i1",
    ),
    reported(
        Qti2,
        ESSAY,
        r#"<assessmentItem title="T"><itemBody><extendedTextInteraction responseIdentifier="R"/></itemBody></assessmentItem>"#,
        "is a kind that decks do not have",
    ),
    held(
        Qti2,
        WHY,
        r#"<assessmentItem identifier="i1"><responseDeclaration identifier="R"><correctResponse><value>x</value></correctResponse>
        </responseDeclaration><itemBody><choiceInteraction responseIdentifier="R"><prompt>Q?</prompt>
        <simpleChoice identifier="x">a<feedbackInline identifier="x">so</feedbackInline></simpleChoice>
        <simpleChoice identifier="y">b</simpleChoice></choiceInteraction></itemBody>
        <modalFeedback identifier="y"><p>no</p></modalFeedback></assessmentItem>"#,
        "Q? | +a (so) | -b (no) =i1",
    ),
    held(
        Qti2,
        EXPLANATION,
        r#"<assessmentItem identifier="i1"><responseDeclaration identifier="R"><correctResponse><value>x</value></correctResponse>
        </responseDeclaration><itemBody><choiceInteraction responseIdentifier="R"><prompt>Q?</prompt><simpleChoice identifier="x">a
        </simpleChoice><simpleChoice identifier="y">b</simpleChoice></choiceInteraction></itemBody>
        <modalFeedback identifier="incorrect">wrong</modalFeedback><modalFeedback identifier="general">since</modalFeedback></assessmentItem>"#,
        "Q? | +a (since) | -b =i1",
    ),
    held(
        Qti2,
        ID,
        r#"<assessmentItem identifier="net-7"><responseDeclaration identifier="R"><correctResponse><value>r</value></correctResponse>
        </responseDeclaration><itemBody><p>Who? <textEntryInteraction responseIdentifier="R"/></p></itemBody></assessmentItem>"#,
        "Who? = r =net-7",
    ),
    held(
        Qti2,
        HTML,
        r#"<assessmentItem identifier="i1"><responseDeclaration identifier="R"><correctResponse><value>r</value></correctResponse>
        </responseDeclaration><itemBody><p>One<br/><strong>two</strong> &amp; three &#233; &nbsp;4?</p>
        <p><textEntryInteraction responseIdentifier="R"/></p></itemBody></assessmentItem>"#,
        "One↵**two** & three é 4? = r =i1",
    ),
    held(
        Qti2,
        CODE,
        r#"<assessmentItem identifier="i1"><responseDeclaration identifier="R"><correctResponse><value>r</value></correctResponse>
        </responseDeclaration><itemBody><pre>a &lt; b</pre><p><textEntryInteraction responseIdentifier="R"/></p></itemBody></assessmentItem>"#,
        "```¶a < b¶``` = r =i1",
    ),
    reported(
        Qti2,
        PICTURE,
        r#"<assessmentItem identifier="i1"><responseDeclaration identifier="R"><correctResponse><value>r</value></correctResponse>
        </responseDeclaration><itemBody><p><img src="a.png" alt=""/>Who? <textEntryInteraction responseIdentifier="R"/></p></itemBody>
        </assessmentItem>"#,
        "a picture or sound is not brought over",
    ),
    reported(
        Qti2,
        NO_KEY,
        r#"<assessmentItem title="T"><itemBody><choiceInteraction responseIdentifier="R"><simpleChoice identifier="x">a</simpleChoice>
        </choiceInteraction></itemBody></assessmentItem>"#,
        "no answer is given",
    ),
    held(
        Anki,
        ONE,
        "all-in-one | D |  | Which? |  | 2 | a | b |  |  |  | 0 1 0 0 0 |  | ",
        "Which? | -a | +b =guid.211",
    ),
    held(Anki, SEVERAL, "options | D |  | Which? | a | b | c | A C | ", "Which? | +a | -b | +c =guid.211"),
    held(Anki, TYPED, "typed | D |  | Who? | root", "Who? = root =guid.211"),
    held(Anki, CARD, "basic | D |  | EC2 | Compute", "EC2 => Compute =guid.211"),
    held(
        Anki,
        CLOZE,
        "cloze | D |  | A {{c1::volume::what}} in a {{c2::zone}}. | ",
        "cloze A {{volume::what}} in a zone. =guid.211",
    ),
    held(
        Anki,
        EXPLANATION,
        "all-in-one | D |  | Which? |  | 2 | a | b |  |  |  | 1 0 |  | since",
        "Which? | +a (since) | -b =guid.211",
    ),
    held(
        Anki,
        REFS,
        "all-in-one | D |  | Which? |  | 2 | a | b |  |  |  | 1 0 | https://a.b | ",
        "Which? | +a | -b <https://a.b> =guid.211",
    ),
    held(Anki, TAGS, "basic | D |  net old::one  | EC2 | Compute", "EC2 => Compute #net #old::one =guid.211"),
    held(Anki, DOMAIN, "basic | D::Net |  | EC2 | Compute\nbasic | D::Sec |  | x | y", "EC2 => Compute @net =guid.211"),
    held(
        Anki,
        TASK,
        "basic | D::Net::TCP |  | EC2 | Compute\nbasic | D::Sec |  | x | y",
        "EC2 => Compute @net/tcp =guid.211",
    ),
    held(Anki, ID, "basic | D |  | EC2 | Compute", "EC2 => Compute =guid.211"),
    held(
        Anki,
        HTML,
        "basic | D |  | One<br><b>two</b>&nbsp;&amp; 3 | <div>x</div><div>y</div>",
        "One↵**two** & 3 => x↵y =guid.211",
    ),
    held(Anki, CODE, "basic | D |  | Run <code>ls &lt;x&gt;</code>? | yes", "Run `ls <x>`? => yes =guid.211"),
    reported(Anki, PICTURE, "basic | D |  | <img src=\"a.png\"> | b", "a picture or sound is not brought over"),
    reported(Anki, NO_KEY, "options | D |  | Which? | a | b | c |  | ", "no answer is given"),
];
