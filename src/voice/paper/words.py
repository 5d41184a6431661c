"""The words that stand on every paper, whatever the survey asks."""

from voice.languages.say import say


def fixed_words() -> dict[str, str]:
    """Return our own words on paper, in the language that is spoken, by a name for each.

    `%(n)s` and the like stay in them: the typesetter fills in what it alone knows.
    """
    return {**_on_the_front(), **_on_a_question(), **_on_the_back()}


def _on_the_front() -> dict[str, str]:
    return {
        "paper_number": say("Paper number:"),
        "how_to": say("How to fill this in"),
        "how_to_text": say(
            "Use a pen. Tick the box for your answer. You can miss any question. "
            "You can ask someone to help you."
        ),
        "yes": say("Yes."),
        "turn": say("Turn the page."),
        "no": say("No."),
        "give_back": say("That is OK. Give this back."),
        "help_now": say("Help now"),
        "who": say("Who"),
        "number": say("Number"),
    }


def _on_a_question() -> dict[str, str]:
    return {
        "help_now_short": say("Help now:"),
        "page": say("Page %(n)s of %(total)s"),
        "question": say("Question %(n)s of %(total)s"),
        "if_not": say("If not, turn the page."),
        "can_miss": say("You can miss this question."),
        "adult_saw": say("I am the adult. I write what I saw."),
        "cards": say("Answer cards: %(title)s"),
    }


def _on_the_back() -> dict[str, str]:
    return {
        "thank_you": say("Thank you"),
        "give_this_to": say("Give this to:"),
        "before": say("Before this day:"),
        "what_next": say("What happens next"),
        "what_next_text": say(
            "A person types in your answers. A person reads all that you write. "
            "Then we tell you what we will do, and what we cannot do:"
        ),
        "screen": say("Do you like a screen better?"),
        "screen_text": say("You can answer on a phone or a computer. Please do it only once."),
        "qr": say("QR code for %(address)s"),
        "cut": say("Cut here and keep this part"),
        "take_back": say("To take your answers back"),
        "your_number": say("Your paper number:"),
        "tell_number": say(
            "Tell this number to the person who gave you the paper. They can get three words for "
            "you. Type the words at %(address)s. Then we delete your answers."
        ),
    }
