"""The doors of the web app: every page of every room, by who may open it.

A room's pages are named here once; `app` hangs the doors, with their guards and their databases.
"""

from litestar.types import ControllerRouterHandler

from voice.answering.device_pages import DeviceController, worker_script
from voice.answering.front_pages import FrontController
from voice.answering.pages import AnsweringController
from voice.answering.practice_pages import PracticeController
from voice.answering.start_pages import StartController
from voice.authoring.edit_pages import EditingController
from voice.authoring.pages import AuthoringController
from voice.bringing.file_pages import FilesController
from voice.bringing.pages import ImportsController
from voice.challenges.pages import ChallengesController
from voice.challenges.public_pages import AllChallengesController
from voice.display.pages import DisplayController
from voice.exports.open_data_pages import DataController, OpenDataController
from voice.exports.pack_pages import PacksController
from voice.exports.pages import ExportsController
from voice.inviting.door_pages import WithCodeController
from voice.inviting.pages import InvitingController
from voice.listening.pages import ListeningController, clip
from voice.measures.figure_pages import FiguresController
from voice.measures.pages import MeasuresController
from voice.measures.public_pages import AllMeasuresController
from voice.paper.pages import PaperController
from voice.report.pages import ReportController
from voice.review.comment_pages import CommentController
from voice.review.given_pages import given
from voice.review.pages import ReviewController
from voice.review.question_pages import QuestionController
from voice.review.read_pages import ReadController
from voice.review.rest_pages import RestController
from voice.review.suggestion_pages import SuggestionController
from voice.review.theme_pages import ThemeController
from voice.review.undo_pages import UndoController
from voice.safeguarding.contact_pages import ContactController, ContactsController
from voice.safeguarding.pages import SafeguardingController
from voice.safeguarding.rota_pages import RotaController
from voice.signing.pages import video
from voice.staff.account_pages import AccountController
from voice.staff.factor_pages import FactorController
from voice.staff.oidc_pages import OidcController
from voice.staff.pages import SignInController
from voice.staff.people_pages import InvitedController, PeopleController
from voice.surveys.pages import picture
from voice.upkeep.pages import alive, figures, ready
from voice.you_said.card_pages import CardsController
from voice.you_said.elsewhere_pages import ElsewhereController
from voice.you_said.pages import PledgesController
from voice.you_said.public_pages import PublicController
from voice.you_said.yours_pages import YoursController

# What leaves Voice as a report is read by a role that cannot read raw words.
REPORTS: list[ControllerRouterHandler] = [
    PublicController,
    ElsewhereController,
    AllChallengesController,
    AllMeasuresController,
    DataController,
    OpenDataController,
]
STAFF_REPORTS: list[ControllerRouterHandler] = [ExportsController]
PUBLIC: list[ControllerRouterHandler] = [
    FrontController,
    StartController,
    PracticeController,
    AnsweringController,
    DeviceController,
    ContactController,
    WithCodeController,
    YoursController,
    worker_script,
    DisplayController,
    picture,
    clip,
    video,
]
# Asked by whatever watches over Voice, again and again; they need no transaction of their own.
WATCHED: list[ControllerRouterHandler] = [alive, ready, figures]
SIGNING_IN: list[ControllerRouterHandler] = [
    SignInController,
    FactorController,
    OidcController,
    InvitedController,
]
STAFF: list[ControllerRouterHandler] = [
    AccountController,
    PeopleController,
    ReviewController,
    QuestionController,
    ReadController,
    RestController,
    UndoController,
    SuggestionController,
    ThemeController,
    CommentController,
    given,
    ReportController,
    PacksController,
    SafeguardingController,
    RotaController,
    ContactsController,
    PaperController,
    ImportsController,
    FilesController,
    PledgesController,
    CardsController,
    ChallengesController,
    MeasuresController,
    FiguresController,
    AuthoringController,
    EditingController,
    InvitingController,
    ListeningController,
]
