/// The words by which headers and cells name a wish for no calls, without accents, in the languages of headers.
enum OptOutWords {
    /// Phrases that leave no doubt, as one word; a header or a cell that has one in it is about calls.
    static let noCalls = [
        // English, and fields of VICIdial, Salesforce, HubSpot, SuiteCRM, Sugar, Dynamics, Zoho and Odoo.
        "donotcall", "dontcall", "donotphone", "donottelephone", "donotring", "nevercall", "callingnotallowed",
        "nophonecalls", "nocallslist", "nocalllist", "donotallowphonecall", "donotallowtelephone", "phonedisallowed",
        "callblocked", "uncallable", "notcallable", "calloptout", "callsoptout", "phoneoptout", "telephoneoptout", "mobileoptout", "voiceoptout",
        "optoutphone", "optoutcall", "optoutvoice", "optouttelephone", "optoutmobile", "optedoutofcall",
        "optedoutofphone", "optedoutphone", "phoneoptedout", "phoneblacklist", "mobileblacklist", "blacklistphone",
        "blacklistedphone", "phonesanitizedblacklist", "phoneunsubscribe", "unsubscribedphone", "phonesuppress",
        "telephonepreferenceservice", "callsuppress", "donottelemarket", "notelemarketing",
        // German.
        "nichtanrufen", "nichtmehranrufen", "keineanrufe", "keinanruf", "keinetelefonanrufe", "keinewerbeanrufe",
        "nichttelefonieren", "anrufverbot", "anrufsperre", "anrufverboten", "telefonsperre", "telefonverbot",
        "telefonwerbeverbot", "telefonanrufenichtzulassen", "anrufenichtzulassen", "keintelefon", "robinsonliste",
        "telefonischkeinkontakt", "widerspruchtelefon", "werbewiderspruchtelefon",
        // French.
        "nepasappeler", "neplusappeler", "nepastelephoner", "pasdappel", "aucunappel", "refusappel", "refustelephon",
        "refusedemarchage", "oppositiontelephon", "oppositiondemarchage", "appelinterdit", "appelsinterdits",
        "nepasautoriserlesappels", "listeopposition", "optouttel", "bloctel", "demarchagerefuse",
        // Spanish.
        "nollamar", "nollame", "nollamadas", "nopermitirllamadas", "nopermitirllamada", "sinllamadas", "llamadasno",
        "notelefonear", "prohibidollamar", "listarobinson", "exclusiontelefonica", "registronollame", "bloqueollamadas",
        // Italian.
        "nonchiamare", "nontelefonare", "nochiamate", "nonconsentirechiamate", "nonconsentiretelefonate",
        "registrodelleopposizioni", "registrodopposizione", "registroopposizioni", "opposizionetelefon",
        "divietochiamat",
        // Portuguese.
        "naoligar", "naotelefonar", "naochamar", "naomeligue", "naomeperturbe", "semligacoes", "naopermitirchamadas",
        "naopermitirtelefonemas", "bloqueioligacoes",
        // Dutch.
        "nietbellen", "nietmeerbellen", "nietopbellen", "belmeniet", "geentelefoon", "geenoproepen", "belverbod",
        "telefonischnietbenaderen", "telefoongesprekkenniettoestaan", "nietteleofonischbenaderen",
        // Polish.
        "niedzwonic", "niedzwon", "zakazdzwonienia", "niekontaktowactelefonicznie", "nietelefonowac",
        "bezpolaczen", "niezezwalajnarozmowytelefoniczne", "sprzeciwtelefon",
        // Swedish, Danish, Norwegian.
        "ringinte", "ringej", "farejringas", "fårinteringas", "farinteringas", "ejtelefon", "nixregist", "nixtelefon",
        "nixlist", "ringikke", "maikkeringes", "maikkeringe", "ikkering", "ikkeopring", "ringeforbud",
        "tilladikkeopkald",
        "robinsonlist", "skalikkeringes", "reservasjonsregist", "reserverttelefon", "ikketillattelefon",
        // Finnish.
        "alasoita", "eisaasoittaa", "eisoiteta", "soittokielto", "puhelinkielto", "puhelinmarkkinointikielto",
        "telemarkkinointikielto", "eipuheluita",
    ]

    /// Short names of registries and flags; they count only as whole words.
    static let registers: Set<String> = [
        "dnc", "dncl", "dncc", "dncr", "ndnc", "ndncr", "fdnc", "idnc", "sdnc", "dnd", "ndnd", "tps", "ctps", "bloctel",
        "robinson", "nix", "nixregistret", "rpo", "repep", "reus", "naomeperturbe",
    ]

    /// Phrases for a wish that may be about calls or about something else.
    static let anyChannel = [
        "optout", "optedout", "optingout", "donotcontact", "dontcontact", "nocontact", "donotdisturb", "donotsolicit",
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
        "unsubscribe", "blacklist", "suppressed", "globaloptout", "abgemeldet", "abbestellt", "desinscrit", "desabonne",
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
        "status", "statuscode", "leadstatus", "contactstatus", "callstatus", "statusname", "disposition", "dispo",
        "dispositions", "outcome", "callresult", "result", "lastresult", "lastcallresult", "leadstage", "stage",
        "statut",
        "resultat", "ergebnis", "anrufergebnis", "resultado", "stato", "esito", "situacao", "estatus", "resultaat",
        "wynik",
        "utfall", "udfald", "utfall", "tulos", "tila", "flag", "flags", "marketingstatus", "unsubscribedmode",
    ]

    /// Phrases of columns that say who may be called.
    static let permission = [
        "phoneoptin", "calloptin", "callsoptin", "optinphone", "optincall", "maycall", "cancall", "oktocall",
        "okaytocall",
        "allowcalls", "allowphonecalls", "callallowed", "callsallowed", "callpermitted", "callpermission",
        "phonepermission",
        "callable", "permissiontocall", "agreedtocalls", "anruferlaubt", "anrufeerlaubt", "darfangerufen",
        "telefonischerlaubt", "appelautorise", "accepteappel", "accepteappels", "peutetreappele", "puedellamar",
        "aceptallamadas", "puochiamare", "accettachiamate", "podeligar", "aceitaligacoes", "magbellen",
        "bellentoegestaan",
        "moznadzwonic", "zgodanakontakttelefoniczny", "farringa", "farringas", "maringes", "makaringes", "saasoittaa",
    ]

    /// A column with one of these tells when the list was checked, not who is on it.
    static let aboutChecking: Set<String> = [
        "check", "checked", "checks", "scrub", "scrubbed", "wash", "washed", "screened", "screening", "verified",
        "updated", "lookup", "synced", "expires", "expiry", "expiration", "count", "counts", "geprueft", "gepruft",
        "verifie",
    ]
}
