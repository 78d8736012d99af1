"""English words that say nothing of what a paper is about: of grammar, and of abstracts in general."""

_WORDS = """
    a able about above abstract achieve achieved achieves across address addresses after again against aim
    aims all allow allows almost along already also although always am among an analysis and another any
    approach approaches are article as at author authors available away base based be became because
    become been before being believe below beneath best better between beyond both but by came can cannot
    case cases challenge challenges come compare compared consider consistently could demonstrate
    demonstrated demonstrates describe described describes despite develop developed did different
    difficult do does doing done down due during each easily effect effective effectively effectiveness
    efficient either else enable enables enough especially evaluate evaluated evaluation even ever every
    exist existing experiment experimental experiments explore extensive extensively fact few finally find
    finding findings first focus for found from full further furthermore gave general generally get give
    given gives go goes good got great had has have having he help her here hers high higher highly him
    his how however i idea if important improve improved improvement improvements improves improving in
    include including increase indeed instead into introduce introduced introduces investigate is issue
    issues it its itself just key kind known large last latter lead leads least less leverage like limited
    little long look low made main mainly major make makes many may me method methods might more moreover
    most mostly motivated much must my namely near need neither never new next no none nor not nothing
    novel now number obtain obtained of off often on once one only onto or other others otherwise our ours
    out outperform outperforming outperforms over own paper papers particular particularly per perform
    performance performs perhaps possible present presented presents previous previously problem problems
    propose proposed proposes provide provides providing put quite rather really recent recently report
    reported require required requires research respectively result results same say see seem seen set
    several shall she should show showed showing shown shows significant significantly similar simple
    since single small so solve some something specific specifically state still strong studies study
    substantial substantially success successful such suffer suffers suggest suggests take taken task
    tasks technique techniques term terms test tested than that the their them themselves then there
    thereby therefore these they this thorough those though three through throughout thus to together too
    toward towards traditional two typically under understand understanding until up upon us use used
    useful uses using usually variety various very via was way we well were what when where whereas
    whether which while who whole whom whose why wide widely will with within without work works world
    would year years yet you your
"""
EVERYDAY = frozenset(_WORDS.split())
