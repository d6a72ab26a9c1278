/// What inputs are made from: the guide's bodies, answers seen on phones, and lists as people export them.
enum FuzzSeeds {
    static let answers: [[UInt8]] = [
        """
        {"response":"success", "body": [{"line": 1, "state": "idle", "acct": "", "remotename": "", "remotenumber": "",
        "active": 0}, {"line": 2, "state": "connected", "acct": 1, "remotename": "Zoë", "remotenumber": "2125550302",
        "active": 1, "conf": 0}]}
        """,
        #"{"response":"success", "body": "available", "misc": "0"}"#,
        #"{"response":"success","body":"complete"}"#,
        #"{ "response": "success", "Account1": { "Registered": 1, "Profile": 1, "Active": 1, "HSMode": "HS1" } }"#,
        #"{ "response": "success", "HS1": { "initialized": 1, "subscribed": 1, "status": "idle" } }"#,
        """
        { "response": "success", "HS1": { "Line1": { "Status": "idle", "Account": 1, "Registered": 1, "Active": 1 },
        "Line10": { "Status": "Talking", "Account": 0, "Registered": 0, "Active": 0 } } }
        """,
        #"{"response": "error", "body": false}"#, #"{"response":"error", "body": "failed"}"#,
        #"{"response":"success","body":"unauthorized"}"#, #"{"response":"error","body":"Invalid Request"}"#,
        #"{"response":"error","body":{"status":"locked","lockTime":300}}"#,
        "<html><head><title>401</title></head><body>GET /cgi-bin/api-make_call?passcode=s3cret-4711</body></html>",
        #"{"response":"error","body":"bad request: passcode=s3cret-4711 s3cret%2D4711"}"#, "",
    ].map { Array($0.utf8) }

    static let answerWords: [[UInt8]] =
        [
            "{", "}", "[", "]", "\"", "\\", ":", ",", "\\u0000", "\\ud800", "\\udc00", "null", "true", "1e999", "-0",
            "99999999999999999999", "0.1", "\"response\"", "\"success\"", "\"body\"", "\"line\":-1", "\"HS1\":{",
            "s3cret-4711",
            "\u{0}", "\u{FEFF}", "👩‍👩‍👧‍👧", "%00",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]]

    static let lists: [[UInt8]] = [
        "name,phone,city\r\nAda,212 555 0302,London\r\n\"Lovelace, Ada\",(212) 555-0303,\"New\r\nYork\"\r\n",
        "phone;name\n+442079460000;\"He said \"\"hi\"\"\"\n;\n", "a\tb\tc\n1\t2\t3\n", "a|b\r1|2\r\"3|4\r",
        "\u{FEFF}Telefon,Straße\n0301234567,\"Unter den\n\nLinden\"\n", "x\n", "\"\n\"\n\"", "",
    ].map { Array($0.utf8) }

    static let listWords: [[UInt8]] =
        [
            ",", ";", "\t", "|", "\"", "\"\"", "\r", "\n", "\r\n", "\",\"", "\"\n", "\u{FEFF}", " ", "2125550302", "é",
            "\u{0}",
        ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0xEF, 0xBB], [0x80]]
}
