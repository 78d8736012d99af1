"""Words of titles that keep their capital wherever they stand.

Languages and peoples, scholars whose names became terms, and products: what the titles of this field hold.
A style that sets titles small would otherwise print "english" and "bayesian".
"""

_LANGUAGES_AND_PEOPLES = """
    Afghan Africa African Afrikaans Ainu Akkadian Albanian Algerian Alsatian America American Amharic
    Anglo Arab Arabic Aragonese Aramaic Argentine Armenian Asia Asian Assamese Asturian Australia Australian
    Austrian Aymara Azerbaijani Balkan Baltic Bambara Bangla Bashkir Basque Bavarian Belarusian Bengali
    Berber Bhojpuri Bodo Bosnian Brazil Brazilian Breton Britain British Bulgarian Burmese Canada Canadian
    Cantonese Catalan Caucasian Cebuano Celtic Chechen Cherokee Chinese China Christian Chukchi Chuvash
    Coptic Cornish Cree Creole Croatian Czech Danish Devanagari Dravidian Dutch Egyptian English Erzya
    Esperanto Estonian Ethiopian Europe European Ewe Faroese Filipino Finnish Flemish France French Frisian
    Fulfulde Gaelic Galician Georgian German Germanic Germany Greek Greenlandic Guarani Gujarati Haitian
    Hausa Hawaiian Hebrew Hindi Hindu Hinglish Hittite Hungarian Iberian Icelandic Igbo Ilocano India Indian
    Indic Indo Indonesia Indonesian Inuktitut Iran Iranian Iraqi Irish Islamic Israeli Italian
    Italy Japan Japanese Javanese Jewish Kannada Kashmiri Kazakh Khmer Kikuyu Kinyarwanda Komi Konkani Korea
    Korean Kurdish Kyrgyz Ladin Lao Latin Latvian Lebanese Levantine Ligurian Lingala Lithuanian Luganda
    Luxembourgish Macedonian Magahi Maghrebi Maithili Malagasy Malay Malayalam Malaysian Maltese Manchu
    Mandarin Manipuri Maori Māori Mapudungun Marathi Mayan Mediterranean Mexican Mexico Mongolian Moroccan
    Muslim Nahuatl Nepali Nigerian Nordic Norwegian Occitan Odia Ojibwe Oriya Oromo Ottoman Pakistani
    Palestinian Pashto Persian Philippine Polish Portuguese Prakrit Punjabi Quechua Quranic Romance Romani
    Romanian Romansh Russia Russian Saami Sami Sanskrit Sardinian Saudi Scandinavian Scots Scottish Semitic
    Senegalese Sepedi Serbian Serbo Sesotho Setswana Shona Sicilian Sindhi Singapore Singaporean Sinhala
    Sinhalese Slavic Slovak Slovene Slovenian Somali Sorbian Soviet Spain Spanish Sumerian Sundanese Swahili
    Swedish Swiss Switzerland Syriac Syrian Tagalog Taiwan Taiwanese Tajik Tamil Tatar Telugu Thai Tibetan
    Tigrinya Tunisian Turkey Turkic Turkish Turkmen Twi Udmurt Ukraine Ukrainian Uralic Urdu Uyghur Uzbek
    Vedic Vietnamese Welsh Wolof Xhosa Yakut Yiddish Yoruba Yorùbá Yucatec Zapotec Zulu
"""
_EPONYMS = """
    Abelian Bayes Bayesian Bernoulli Boltzmann Boolean Bregman Brownian Carlo Cauchy Chomsky Cohen Dirichlet
    Earley Einstein Euclid Euclidean Fermat Fisher Fourier Frobenius Galerkin Gauss Gaussian Gibbs Goldilocks
    Gricean Hamiltonian Hamming Heaps Hebbian Hermitian Hessian Hilbert Hopfield Huffman Jacobi Jacobian
    Jensen Kalman Kolmogorov Kripke Krylov Kullback Lagrange Lagrangian Lambek Langevin Laplace Laplacian
    Leibler Levenshtein Lévy Lipschitz Lorentz Lyapunov Markov Markovian Matérn Mercer Minkowski Montague
    Monte Nash Newton Newtonian Nesterov Nyström Occam Pareto Pearson Pitman Plackett Poincaré Poisson Python
    Rademacher Rawls Rényi Riemann Riemannian Schrödinger Shannon Shapley Sinkhorn Skolem Sobolev Socratic
    Spearman Stein Stiefel Swadesh Taylor Thompson Tikhonov Toulmin Tucker Turing Viterbi Voronoi Wasserstein
    Weibull Wiener Winograd Zipf Zipfian
"""
_PRODUCTS_AND_PLACES = """
    Alexa Android Bert Bing Claude Cochrane Codex Covid Darwin Enron Europarl Facebook
    Falcon Gemini Gigaword Google Gutenberg Instagram Java Kaldi Kaggle Linux Llama Mastodon
    Microsoft Minecraft Mistral Moodle Prolog Qwen Reddit Scopus Semeval Siri Spotify Sudoku Telegram
    Tatoeba Twitter Ubuntu Unicode Vicuna Weibo Wikidata Wikipedia Wiktionary
    Wordle Yelp Zoom Bible Biblical Brexit Quran Shakespeare Shakespearean Talmud Torah Trump Biden Obama
    Olympic Olympics Parkinson Alzheimer January February April June July August September October
    November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday London Paris Beijing Tokyo
    Berlin Prague York Stanford Cambridge Oxford Princeton Harvard Edinburgh Penn Hansard
"""

PROPER_NOUNS = frozenset(f"{_LANGUAGES_AND_PEOPLES} {_EPONYMS} {_PRODUCTS_AND_PLACES}".split())
