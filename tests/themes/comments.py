"""Comments for tests: three things that people say in many ways."""

WAITING = (
    "We waited two years for the autism assessment",
    "Still waiting for an autism assessment after eighteen months",
    "The waiting list for an assessment is far too long",
    "How can an autism assessment take three years?",
    "My son has been on the assessment waiting list since nursery",
    "The wait for a diagnosis was terrible for all of us",
    "Nobody could say how long the waiting list for autism is",
    "Two years to wait for a diagnosis is too long",
    "Assessment waiting times have to come down",
    "Waiting so long for an assessment broke our family",
    "She was nine when we joined the waiting list and twelve when we were seen",
    "Please make the waiting list for autism shorter",
)
TRANSPORT = (
    "The school taxi is always late",
    "Our school bus driver changes every week",
    "The school transport arrived an hour late again",
    "My taxi to school never comes on time",
    "School transport was taken away with a week’s notice",
    "The minibus to school is too loud and too full",
    "A new taxi driver every month upsets my daughter",
    "The bus picks him up at six to be at school by nine",
    "School transport forgot him at the gate twice",
    "The taxi to school costs us more than we have",
)
KIND_STAFF = (
    "My teaching assistant is really kind",
    "The teacher is kind and listens to me",
    "All the teachers are friendly and kind",
    "Miss is lovely, she helps me when I am sad",
    "My teacher is the best, she makes me laugh",
    "The teaching assistants are so caring with her",
    "I like my teacher because she is nice to me",
    "Kind teachers who know my son well",
)
NON_ANSWERS = ("nothing", "N/A", "don’t know", ".", "idk", "none", "nic", "nada", "🙂", "skip")
