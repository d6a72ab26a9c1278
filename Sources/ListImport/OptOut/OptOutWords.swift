/// The words by which headers and cells name a wish for no calls, without accents, in the languages of headers.
enum OptOutWords {
    /// Phrases that leave no doubt, as one word; a header or a cell that has one in it is about calls.
    static let noCalls = [
        // English, and fields of VICIdial, Salesforce, HubSpot, SuiteCRM, Sugar, Dynamics, Zoho and Odoo.
        "donotcall", "dontcall", "donotphone", "donottelephone", "donotring", "nevercall", "callingnotallowed",
        "nophonecalls", "nocallslist", "nocalllist", "donotallowphonecall", "donotallowtelephone", "phonedisallowed",
        "callblocked", "uncallable", "notcallable", "calloptout", "callsoptout", "phoneoptout", "telephoneoptout",
        "mobileoptout", "voiceoptout",
        "optoutphone", "optoutcall", "optoutvoice", "optouttelephone", "optoutmobile", "optedoutofcall",
        "optedoutofphone", "optedoutphone", "phoneoptedout", "phoneblacklist", "mobileblacklist", "blacklistphone",
        "blacklistedphone", "phonesanitizedblacklist", "phoneunsubscribe", "unsubscribedphone", "phonesuppress",
        "donotdial", "nottobecalled", "askednottobecalled", "wantsnocalls", "callrefused", "refusescalls",
        "stopcalling", "excludefromcall", "excludecalls", "novoicecall", "nocallregister", "tpsstatus", "ctpsstatus",
        "nodial", "nophone", "notelephone", "shouldnotbecalled", "maynotbecalled", "cannotbecalled",
        "telephonepreferenceservice", "callsuppress", "donottelemarket", "notelemarketing",
        // German.
        "nichtanrufen", "nichtmehranrufen", "keineanrufe", "keinanruf", "keinetelefonanrufe", "keinewerbeanrufe",
        "nichttelefonieren", "anrufverbot", "anrufsperre", "anrufverboten", "telefonsperre", "telefonverbot",
        "telefonwerbeverbot", "telefonanrufenichtzulassen", "anrufenichtzulassen", "keintelefon", "robinsonliste",
        "darfnichtangerufen", "keinetelefonwerbung", "nichtangerufenwerden", "telefonischkeinkontakt",
        "widerspruchtelefon", "werbewiderspruchtelefon",
        // French.
        "nepasappeler", "neplusappeler", "nepastelephoner", "pasdappel", "aucunappel", "refusappel", "refustelephon",
        "refusedemarchage", "oppositiontelephon", "oppositiondemarchage", "appelinterdit", "appelsinterdits",
        "nepasautoriserlesappels", "listedopposition", "nesouhaitepasetreappele", "nappelezpas", "nepasrappeler",
        "nerappelerpas", "interditdappel", "refusdappel", "listeopposition", "optouttel", "bloctel", "demarchagerefuse",
        // Spanish.
        "nodesealla", "norecibirlla", "rechazalla", "novolveralla", "nopermitella", "nollamar", "nollame", "nollamadas",
        "nopermitirllamadas", "nopermitirllamada", "sinllamadas", "llamadasno",
        "notelefonear", "prohibidollamar", "listarobinson", "exclusiontelefonica", "registronollame", "bloqueollamadas",
        // Italian.
        "nessunachiamata", "rifiutachiamate", "nonpermettechiamate", "nonchiamare", "nontelefonare", "nochiamate",
        "nonconsentirechiamate", "nonconsentiretelefonate",
        "registrodelleopposizioni", "registrodopposizione", "registroopposizioni", "opposizionetelefon",
        "divietochiamat",
        // Portuguese.
        "semchamadas", "recusaligacoes", "naoaceitaligacoes", "naoligar", "naotelefonar", "naochamar", "naomeligue",
        "naomeperturbe", "semligacoes", "naopermitirchamadas",
        "naopermitirtelefonemas", "bloqueioligacoes",
        // Dutch.
        "nietgebeld", "rechtvanverzet", "bmnr", "telefoonniettoestaan", "geentelefoontjes", "nietbellen",
        "nietmeerbellen", "nietopbellen", "belmeniet", "geentelefoon", "geenoproepen", "belverbod",
        "telefonischnietbenaderen", "telefoongesprekkenniettoestaan", "nietteleofonischbenaderen",
        // Polish.
        "niezezwalajnapolaczenia", "brakzgodynatel", "brakzgodynakontakttel", "niedzwonic", "niedzwon",
        "zakazdzwonienia", "niekontaktowactelefonicznie", "nietelefonowac",
        "bezpolaczen", "niezezwalajnarozmowytelefoniczne", "sprzeciwtelefon",
        // Swedish, Danish, Norwegian.
        "ingasamtal", "skainteringas", "reservertmottelefon", "ingenopkald", "onskerikkeopkald", "ingenanrop",
        "ringinte", "ringej", "farejringas", "fårinteringas", "farinteringas", "ejtelefon", "nixregist", "nixtelefon",
        "nixlist", "ringikke", "maikkeringes", "maikkeringe", "ikkering", "ikkeopring", "ringeforbud",
        "tilladikkeopkald",
        "robinsonlist", "skalikkeringes", "reservasjonsregist", "reserverttelefon", "ikketillattelefon",
        // Finnish.
        "eisoittoa", "eipuhelinmarkkinointia", "alasoita", "eisaasoittaa", "eisoiteta", "soittokielto", "puhelinkielto",
        "puhelinmarkkinointikielto",
        "telemarkkinointikielto", "eipuheluita",
    ]

    /// Short names of registries and flags; they count only as whole words.
    static let registers: Set<String> = [
        "ncpr", "lnnte", "infofilter", "litigator", "dncstatus", "dnc", "dncl", "dncc", "dncr", "ndnc", "ndncr", "fdnc",
        "idnc", "sdnc", "dnd", "ndnd", "tps", "ctps", "bloctel",
        "robinson", "nix", "nixregistret", "rpo", "repep", "reus", "naomeperturbe",
    ]

    /// Phrases for a wish that may be about calls or about something else.
    static let anyChannel = [
        "consentwithdrawn", "donotapproach", "widerspruch", "neplusmecontacter", "nepluscontacter", "naoperturbar",
        "werbeverbot", "reklamsparr", "reklamebeskyttelse", "eisaaottaayhteytta", "sprzeciw", "opposizione",
        "bloqueioprocon", "optout", "optedout", "optingout", "donotcontact", "dontcontact", "nocontact", "donotdisturb",
        "donotsolicit",
        "nevercontact", "donotmarket", "nichtkontaktieren", "keinkontakt", "kontaktsperre", "kontaktverbot",
        "werbesperre", "werbewiderspruch", "sperrvermerk", "nepascontacter", "neplusdemarcher", "nepasdemarcher",
        "nocontactar", "nomolestar", "noperturbar", "noncontattare", "nondisturbare", "naocontactar", "naocontatar",
        "naoperturbe", "nietcontacteren", "nietbenaderen", "nietstoren", "niekontaktowac", "zakazkontaktu",
        "kontaktainte", "kontaktaej", "farejkontaktas", "kontaktikke", "ikkekontakt", "maikkekontaktes",
        "alaotayhteytta",
        "markkinointikielto", "yhteydenottokielto",
    ]

    /// Words that exports use about e-mail unless they name the telephone.
    static let usuallyMail = [
        "blocked", "gesperrt", "sparrad", "sparret", "reservert", "estolista", "suppression", "bloqueado", "bloccato",
        "geblokkeerd", "zablokowany", "unsubscribe", "blacklist", "suppressed", "globaloptout", "abgemeldet",
        "abbestellt", "desinscrit", "desabonne",
        "dadodebaja", "disiscritto", "cancelousubscricao", "uitgeschreven", "afgemeld", "wypisany",
        "avregistrerad", "avanmald", "afmeldt", "avmeldt", "peruutettu",
    ]

    static let telephone: Set<String> = [
        "phone", "phones", "call", "calls", "calling", "telephone", "tel", "mobile", "cell", "landline", "voice",
        "telemarketing", "telefon", "telefonisch", "telefonnummer", "rufnummer", "anruf", "anrufe", "handy", "appel",
        "appels", "telephonique", "demarchage", "portable", "llamada", "llamadas", "llamar", "telefono", "telefonico",
        "movil", "chiamata", "chiamate", "telefonico", "telefonate", "cellulare", "ligacao", "ligacoes", "telefone",
        "telemovel", "bellen", "telefoon", "telefonisch", "dzwonic", "telefoniczny", "rozmowy", "ring", "ringa",
        "ringe",
        "ringes", "samtal", "opkald", "soita", "soittaa", "puhelin", "puhelut",
    ]

    /// What another channel is called.
    static let channels: [(name: String, words: Set<String>)] = [
        (
            "e-mail",
            [
                "email", "emails", "mail", "mails", "mailing", "mailings", "emailing", "newsletter", "courriel",
                "courriels",
                "correo", "epost", "mejl", "sahkoposti", "emailoptout", "hasoptedoutofemail", "bulkemail", "edm",
                "mailchimp",
            ]
        ),
        (
            "text messages",
            [
                "sms", "text", "texts", "texting", "whatsapp", "mms", "messages", "smsoptout", "messaging", "messenger",
            ]
        ),
        ("fax", ["fax", "faxes", "hasoptedoutoffax", "telefax"]),
        ("post", ["post", "postal", "letter", "letters", "brief", "briefe", "courrier", "postmail", "directmail"]),
    ]

    /// What a column of records' states is called.
    static let status: Set<String> = [
        "kontaktstatus", "tag", "tags", "label", "labels", "category", "categories", "group", "groups", "segment",
        "segments", "kategorie", "kategorien", "etiketten", "etiquettes", "etiquetas", "comment", "comments", "note",
        "notes", "remark", "remarks", "bemerkung", "bemerkungen", "notizen", "commentaires", "notas", "opmerkingen",
        "uwagi", "anteckningar", "status", "statuscode", "leadstatus", "contactstatus", "callstatus", "statusname",
        "disposition", "dispo",
        "dispositions", "outcome", "callresult", "result", "lastresult", "lastcallresult", "leadstage", "stage",
        "statut",
        "resultat", "ergebnis", "anrufergebnis", "resultado", "stato", "esito", "situacao", "estatus", "resultaat",
        "wynik",
        "utfall", "udfald", "utfall", "tulos", "tila", "flag", "flags", "marketingstatus", "unsubscribedmode",
    ]

    /// Phrases of columns that say who may be called.
    static let permission = [
        "consenttocall", "maywecall", "autoriseappel", "autoriserlesappels", "permitellamadas", "aceitachamadas",
        "maggebeld", "toestemmingbellen", "kanringes", "soittolupa", "optintelefon", "optintel", "phoneoptin",
        "calloptin", "callsoptin", "optinphone", "optincall", "maycall", "cancall", "oktocall",
        "okaytocall",
        "allowcalls", "allowphonecalls", "callallowed", "callsallowed", "callpermitted", "callpermission",
        "phonepermission",
        "callable", "permissiontocall", "agreedtocalls", "anruferlaubt", "anrufeerlaubt", "darfangerufen",
        "telefonischerlaubt", "appelautorise", "accepteappel", "accepteappels", "peutetreappele", "puedellamar",
        "aceptallamadas", "puochiamare", "accettachiamate", "podeligar", "aceitaligacoes", "magbellen",
        "bellentoegestaan",
        "moznadzwonic", "zgodanakontakttelefoniczny", "farringa", "farringas", "maringes", "makaringes", "saasoittaa",
    ]

    /// Words that a header of the wish may have beside its own.
    static let own: Set<String> = [
        "opt", "out", "opted", "opting", "do", "not", "dont", "contact", "contacts", "contacted", "disturb", "solicit",
        "never", "market", "nicht", "kontaktieren", "kein", "keine", "kontakt", "ne", "pas", "plus", "me", "contacter",
        "demarcher", "no", "contactar", "molestar", "perturbar", "non", "contattare", "disturbare", "nao", "contatar",
        "perturbe", "niet", "contacteren", "benaderen", "storen", "nie", "kontaktowac", "zakaz", "kontaktu", "kontakta",
        "inte", "ej", "far", "kontaktas", "ikke", "ma", "kontaktes", "ala", "ota", "yhteytta", "ei", "saa", "ottaa",
        "consent", "withdrawn", "approach", "procon", "bloqueio", "has", "have", "is", "flag", "flags", "flagged",
        "status", "of", "from", "on", "in", "the", "to", "for", "date", "all", "any", "at", "by", "since", "marketing",
        "customer", "lead", "person", "people", "record", "c", "yn", "y", "n", "list", "listed", "lists", "lista",
        "liste", "lijst", "global", "general", "hs", "my", "registered", "registry", "register", "registration",
        "match", "matched", "result", "federal", "national", "state", "internal", "external", "company", "house",
        "local", "indicator", "ind", "value", "field", "consumer", "user", "client", "kunde", "inscrit", "inscrito",
        "iscritto", "eintrag", "ja", "nein", "category", "reason", "wash", "requested", "request", "asked", "legal",
        "canada", "us", "uk", "and", "or", "nummer", "number",
    ]

    /// Words of columns that say when, not whether.
    static let times: Set<String> = [
        "before", "after", "hours", "hour", "until", "between", "times", "deadline", "window", "vor", "nach", "avant",
        "apres",
    ]

    /// Words for what a person allows.
    static let consent: Set<String> = [
        "consent", "consents", "consented", "optin", "permission", "einwilligung", "zustimmung", "consentement",
        "consenso", "consentimiento", "consentimento", "toestemming", "zgoda", "samtycke", "samtykke", "suostumus",
    ]

    /// What else is said of a consent: when, how, in which words.
    static let aboutConsent: Set<String> = [
        "date", "proof", "source", "time", "ip", "url", "text", "form", "version", "id", "language", "datum", "preuve",
        "fecha", "prueba", "data",
    ]

    /// A column with one of these tells when the list was checked, not who is on it.
    static let aboutChecking: Set<String> = [
        "check", "checked", "checks", "scrub", "scrubbed", "wash", "washed", "screened", "screening", "verified",
        "updated", "lookup", "synced", "expires", "expiry", "expiration", "count", "counts", "geprueft", "gepruft",
        "verifie",
    ]
}
