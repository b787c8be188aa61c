// Made from latchkey.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/_latchkey/{client}/v1/portal": {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        /**
         * Tell what sign-in and account pages show
         * @description Needs no session. It adds to `getConfiguration` what forms are made of.
         */
        get: operations["getPortal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_latchkey/{client}/v1/account": {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        /** Show the account */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /**
         * Delete the account
         * @description Removes the user with everything that belongs to them, on every node at once. It cannot be undone. Success is the 401 of somebody who is not signed in. Where the sign-in is too long ago, the 401 says `is_authenticated` true and lists the flows to pass first.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        /** Choose the language of messages */
        patch: operations["updateAccount"];
        trace?: never;
    };
    "/_latchkey/{client}/v1/account/export": {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        /**
         * Hand out everything that is stored about the user
         * @description The answer is named as a file to be saved. Secrets are not in it: no password, no code, no key.
         */
        get: operations["exportAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description A language, as BCP 47 names it.
         * @example en
         */
        Language: string;
        /** @description Something that the sign-up form asks for. */
        SignupField: {
            /**
             * @description What is asked for. `email2` and `password2` ask once more for what was typed before: `signUp` compares `email2` itself, `password2` is for the form alone.
             * @enum {unknown}
             */
            name: "email" | "email2" | "username" | "phone" | "password" | "password2";
            /** @description Whether it has to be filled in. */
            is_required: boolean;
        };
        /** @description What a code looks like that somebody has to type. */
        CodeShape: {
            /** @description How many characters it has, without the dash. */
            length: number;
            /** @description Whether they are digits alone. */
            is_numeric: boolean;
        };
        /** @description What sign-in and account pages show, beside the configuration. */
        Portal: {
            /** @description What the pages call the site. */
            name: string;
            /** @description A picture to show beside the name, or in place of it. */
            logo_url?: string;
            /** @description The terms that people agree to by signing up. */
            terms_url?: string;
            /** @description How the site treats what it knows of people. */
            privacy_url?: string;
            /** @description Where people who cannot get in find help. */
            support_url?: string;
            /** @description Where somebody who has signed in goes on to. Absent, it is the account page. */
            after_login_url?: string;
            /** @description The languages of pages and mails, the one that is used otherwise first. */
            languages: components["schemas"]["Language"][];
            /** @description What the sign-up form asks for, in its order. */
            signup_fields: components["schemas"]["SignupField"][];
            /** @description The fewest characters of a new password. */
            password_min_length: number;
            /** @description The fewest characters of a user name. */
            username_min_length: number;
            /**
             * @description Whether an address has to be verified before its owner gets in.
             * @enum {unknown}
             */
            email_verification: "mandatory" | "optional" | "none";
            /** @description Whether users have one address that can be changed, instead of several. */
            changes_email: boolean;
            /** @description How many addresses a user can have. Absent where nobody counts. */
            max_email_addresses?: number;
            /** @description Whether users have user names. */
            has_usernames: boolean;
            /** @description Whether users can have a phone number. */
            has_phone_numbers: boolean;
            /** @description Whether users can have a password. Without, providers are the only way in. */
            has_passwords: boolean;
            /** @description Where codes to sign in with can be sent to. Empty where there are none. */
            login_by_code_methods: ("email" | "phone")[];
            login_code: components["schemas"]["CodeShape"];
            email_verification_code: components["schemas"]["CodeShape"];
            phone_verification_code: components["schemas"]["CodeShape"];
            password_reset_code: components["schemas"]["CodeShape"];
            /** @description Whether the code to sign in with can be sent once more. */
            login_by_code_supports_resend: boolean;
            /** @description Whether the code that verifies an address can be sent once more. */
            email_verification_supports_resend: boolean;
            /** @description Whether an address can be corrected while its code is waited for. */
            email_verification_supports_change: boolean;
            /** @description Whether the code that verifies a phone number can be sent once more. */
            phone_verification_supports_resend: boolean;
            /** @description Whether a phone number can be corrected while its code is waited for. */
            phone_verification_supports_change: boolean;
            /** @description How many digits a code of an authenticator app has. */
            totp_digits: number;
            /** @description Whether people can sign up with a passkey in place of a password. */
            passkey_signup_enabled: boolean;
            /** @description Whether users can have recovery codes. */
            recovery_codes_enabled: boolean;
            /** @description Whether recovery codes are shown once, and never again. */
            recovery_codes_show_once: boolean;
            /** @description Whether a browser can be trusted after a second factor. */
            trust_enabled: boolean;
            /** @description Whether users can delete their account. */
            can_delete_account: boolean;
            /** @description Whether users can export what is stored about them. */
            can_export_account: boolean;
        };
        /** @description An account as a whole. */
        Account: {
            user: components["schemas"]["User"];
            created_at: components["schemas"]["Timestamp"];
            /** @description Null before the first sign-in. */
            last_login_at: number | null;
            /** @description The language that the user has chosen for messages. Null: the one that the browser asks for. */
            language: string | null;
        };
        /** @description What is to change. */
        AccountChange: {
            /** @description One of the portal's languages; null or empty takes the choice back. */
            language: string | null;
        };
        /** @description An account at a provider, with when it was connected. */
        ExportedProviderAccount: {
            uid: components["schemas"]["ProviderAccountId"];
            provider: components["schemas"]["ProviderId"];
            /** @description What the provider calls the user; null where it told nothing. */
            display: string | null;
            created_at: components["schemas"]["Timestamp"];
            /** @description Null before the first sign-in by it. */
            last_login_at: number | null;
        };
        /** @description One place where the user is signed in. */
        ExportedSession: {
            id: components["schemas"]["SessionId"];
            /** @description What the client called itself. */
            user_agent: string;
            /** @description The network address of the client. */
            ip: string;
            created_at: components["schemas"]["Timestamp"];
            last_seen_at: components["schemas"]["Timestamp"];
            /** @description Whether it is the session of the caller. */
            is_current: boolean;
        };
        /** @description A browser that is not asked for a second factor. */
        TrustedBrowser: {
            /** @description What the browser called itself. */
            user_agent: string;
            /** @description Its network address. */
            ip: string;
            created_at: components["schemas"]["Timestamp"];
            expires_at: components["schemas"]["Timestamp"];
        };
        /** @description Something that happened to the account. */
        AccountEvent: {
            /** @description What happened, such as `logged_in` or `password_changed`. */
            type: string;
            at: components["schemas"]["Timestamp"];
            /** @description From where. Empty where no request caused it. */
            ip: string;
            /** @description By what. */
            user_agent: string;
            /** @description What else is known of it. */
            details: Record<string, never>;
        };
        /** @description Everything that is stored about a user, without secrets. */
        AccountExport: {
            exported_at: components["schemas"]["Timestamp"];
            account: components["schemas"]["Account"];
            email_addresses: components["schemas"]["EmailAddress"][];
            phone_numbers: components["schemas"]["PhoneNumber"][];
            authenticators: components["schemas"]["Authenticator"][];
            provider_accounts: components["schemas"]["ExportedProviderAccount"][];
            sessions: components["schemas"]["ExportedSession"][];
            trusted_browsers: components["schemas"]["TrustedBrowser"][];
            /** @description The newest 10,000 at most, the oldest of them first. */
            events: components["schemas"]["AccountEvent"][];
            /** @description Whether there were more events than are listed. */
            has_older_events: boolean;
        };
        /** @description What pages show. */
        PortalResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["Portal"];
        };
        /** @description The account. */
        AccountResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["Account"];
        };
        /** @description The export. */
        AccountExportResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["AccountExport"];
        };
        /**
         * @description Names a flow.
         * @enum {string}
         */
        FlowId: "login" | "login_by_code" | "mfa_authenticate" | "mfa_login_webauthn" | "mfa_reauthenticate" | "mfa_signup_webauthn" | "mfa_trust" | "password_reset_by_code" | "provider_redirect" | "provider_signup" | "provider_token" | "reauthenticate" | "signup" | "verify_email" | "verify_phone";
        /**
         * @description Identifies a provider.
         * @example github
         */
        ProviderId: string;
        /**
         * @description The identifier under which this application is known to the provider.
         * @example latchkey-web
         */
        ClientId: string;
        /**
         * @description A way to use a provider.
         * @enum {string}
         */
        ProviderFlow: "provider_redirect" | "provider_token";
        /** @description A provider that users can come from. */
        Provider: {
            id: components["schemas"]["ProviderId"];
            /** @description A name to show. */
            name: string;
            client_id?: components["schemas"]["ClientId"];
            /**
             * Format: uri
             * @description Where an OpenID provider describes itself.
             */
            openid_configuration_url?: string;
            /** @description How the calling client can use it. */
            flows: components["schemas"]["ProviderFlow"][];
        };
        /**
         * @description A kind of second factor.
         * @enum {string}
         */
        AuthenticatorType: "recovery_codes" | "totp" | "webauthn";
        /** @description Something that the client can do, or has to do, to get further. */
        Flow: {
            id: components["schemas"]["FlowId"];
            /** @description Whether this step is waited for. Absent means no. */
            is_pending?: boolean;
            /** @description With `provider_signup`, the provider that the user came from. */
            provider?: components["schemas"]["Provider"];
            /** @description With `provider_redirect` and `provider_token`, the providers to choose from. */
            providers?: components["schemas"]["ProviderId"][];
            /** @description With `mfa_authenticate` and `mfa_reauthenticate`, the factors to choose from. */
            types?: components["schemas"]["AuthenticatorType"][];
        };
        /**
         * @description The token that stands for an app's session.
         * @example 4vZr0m1Xo9bQhT6y
         */
        SessionToken: string;
        /**
         * @description A signed token (JWT) that an app sends as bearer in `Authorization`.
         * @example eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl
         */
        AccessToken: string;
        /**
         * @description A token that buys the next access token.
         * @example eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl
         */
        RefreshToken: string;
        /** @description Tokens appear for apps only, and only when they are new: on the first answer that needs a session, on signing in and when the password changes. The newest one counts. */
        SessionMeta: {
            session_token?: components["schemas"]["SessionToken"];
            access_token?: components["schemas"]["AccessToken"];
            refresh_token?: components["schemas"]["RefreshToken"];
        };
        /** @description Nobody is signed in. */
        UnauthenticatedMeta: components["schemas"]["SessionMeta"] & {
            /** @constant */
            is_authenticated: false;
        };
        /** @description What can be done without a session. */
        SessionGoneResponse: {
            /** @constant */
            status: 410;
            data: {
                flows: components["schemas"]["Flow"][];
            };
            meta: components["schemas"]["UnauthenticatedMeta"];
        };
        /**
         * @description Identifies a user. Treat it as opaque.
         * @example 0199c5a4-7d1c-7000-8000-3f6f6f1d2c4b
         */
        UserId: number | string;
        /**
         * @description An email address.
         * @example ann@example.org
         */
        Email: string;
        /**
         * @description The name that the user picked, or was given.
         * @example ann
         */
        Username: string;
        /** @description A user, as the user may see it. */
        User: {
            id: components["schemas"]["UserId"];
            /** @description A name to show. */
            display: string;
            /** @description The primary address. Absent if there is none. */
            email?: components["schemas"]["Email"];
            /** @description Absent where users have no user name. */
            username?: components["schemas"]["Username"];
            /** @description Whether the user can sign in with a password. */
            has_usable_password: boolean;
        };
        /**
         * @description Seconds since 1970, with a fraction.
         * @example 1790000000.25
         */
        Timestamp: number;
        /** @description What can be done, or has to be done, to be signed in. */
        UnauthenticatedResponse: {
            /** @constant */
            status: 401;
            data: {
                flows: components["schemas"]["Flow"][];
            };
            meta: components["schemas"]["UnauthenticatedMeta"];
        };
        /** @description The password. */
        PasswordMethod: {
            /** @constant */
            method: "password";
            at: components["schemas"]["Timestamp"];
            /** @description Present after signing in by address. */
            email?: components["schemas"]["Email"];
            /** @description Present after signing in by user name. */
            username?: components["schemas"]["Username"];
            /**
             * @description Present if the password was given once more while signed in.
             * @constant
             */
            reauthenticated?: true;
        };
        /** @description The mail that allowed to set a new password. */
        PasswordResetMethod: {
            /** @constant */
            method: "password_reset";
            at: components["schemas"]["Timestamp"];
            /** @description Present if a code was mailed rather than a link. */
            email?: components["schemas"]["Email"];
        };
        /**
         * @description A phone number as E.164 has it, with a plus sign and no blanks.
         * @example +31612345678
         */
        Phone: string;
        /** @description A code that was mailed or texted; either `email` or `phone` says where to. */
        CodeMethod: {
            /** @constant */
            method: "code";
            at: components["schemas"]["Timestamp"];
            email?: components["schemas"]["Email"];
            phone?: components["schemas"]["Phone"];
        };
        /**
         * @description Identifies a user at the provider.
         * @example 583231
         */
        ProviderAccountId: string;
        /** @description An account at a provider. */
        ProviderMethod: {
            /** @constant */
            method: "socialaccount";
            at: components["schemas"]["Timestamp"];
            provider: components["schemas"]["ProviderId"];
            uid: components["schemas"]["ProviderAccountId"];
            /**
             * @description Present if the user went to the provider once more while signed in.
             * @constant
             */
            reauthenticated?: true;
        };
        /**
         * @description Identifies an authenticator.
         * @example 7
         */
        AuthenticatorId: number;
        /** @description A second factor, or a passkey. */
        FactorMethod: {
            /** @constant */
            method: "mfa";
            at: components["schemas"]["Timestamp"];
            id: components["schemas"]["AuthenticatorId"];
            type: components["schemas"]["AuthenticatorType"];
            /**
             * @description Present if a passkey was the only proof.
             * @constant
             */
            passwordless?: true;
            /** @description Present if the key was used once more while signed in. */
            reauthenticated?: boolean;
        };
        /** @description A proof that the user gave in this session. */
        AuthenticationMethod: components["schemas"]["PasswordMethod"] | components["schemas"]["PasswordResetMethod"] | components["schemas"]["CodeMethod"] | components["schemas"]["ProviderMethod"] | components["schemas"]["FactorMethod"];
        /** @description Somebody is signed in. */
        AuthenticatedMeta: components["schemas"]["SessionMeta"] & {
            /** @constant */
            is_authenticated: true;
        };
        /** @description Who is signed in, and what they have to prove once more. */
        ReauthenticationResponse: {
            /** @constant */
            status: 401;
            data: {
                user: components["schemas"]["User"];
                /** @description The proofs of this session, oldest first. */
                methods: components["schemas"]["AuthenticationMethod"][];
                /** @description One of these has to be passed; `password_reset_by_code` is listed besides, wherever codes reset passwords. */
                flows: components["schemas"]["Flow"][];
            };
            meta: components["schemas"]["AuthenticatedMeta"];
        };
        /** @description Nothing but the status. */
        ConflictResponse: {
            /** @constant */
            status: 409;
        };
        /** @description One thing that is wrong. */
        ApiError: {
            /** @description A sentence for the user. Its wording may change. */
            message: string;
            /**
             * @description Names the mistake for programs. The list can grow; it is empty for mistakes without a name.
             * @example account_not_found
             * @example add_email_blocked
             * @example cannot_generate_recovery_codes
             * @example cannot_remove_primary_email
             * @example client_id_required
             * @example connected_other
             * @example disconnect_last
             * @example duplicate_email
             * @example email_password_mismatch
             * @example email_taken
             * @example enter_current_password
             * @example incorrect_code
             * @example incorrect_password
             * @example invalid
             * @example invalid_choice
             * @example invalid_list
             * @example invalid_login
             * @example invalid_or_expired_key
             * @example invalid_password_reset
             * @example invalid_phone
             * @example invalid_pk_value
             * @example invalid_token
             * @example max_email_addresses
             * @example max_length
             * @example min_length
             * @example no_password
             * @example no_verified_email
             * @example null_characters_not_allowed
             * @example password_entirely_numeric
             * @example password_too_common
             * @example password_too_short
             * @example password_too_similar
             * @example phone_password_mismatch
             * @example phone_taken
             * @example provider_unavailable
             * @example required
             * @example same_as_current
             * @example select_only_one
             * @example token_authentication_not_supported
             * @example token_required
             * @example too_many_login_attempts
             * @example unknown_email
             * @example unknown_phone
             * @example unverified_email
             * @example unverified_primary_email
             * @example username_blacklisted
             * @example username_password_mismatch
             * @example username_taken
             */
            code: string;
            /** @description The member of the input that it is about. Absent if it is about no single one. */
            param?: string;
        };
        /** @description What is wrong with the input. */
        ErrorResponse: {
            /** @constant */
            status: 400;
            errors: components["schemas"]["ApiError"][];
        };
        /** @description An address of a user. */
        EmailAddress: {
            email: components["schemas"]["Email"];
            /** @description Whether mail goes to this one. */
            primary: boolean;
            /** @description Whether the user proved that it is theirs. */
            verified: boolean;
        };
        /** @description A phone number of a user. */
        PhoneNumber: {
            phone: components["schemas"]["Phone"];
            /** @description Whether the user proved that it is theirs. */
            verified: boolean;
        };
        /** @description What all authenticators tell. */
        AuthenticatorTimes: {
            created_at: components["schemas"]["Timestamp"];
            /** @description Null until it is used for the first time. */
            last_used_at: number | null;
        };
        /** @description An authenticator app. */
        TotpAuthenticator: components["schemas"]["AuthenticatorTimes"] & {
            /** @constant */
            type: "totp";
        };
        /** @description A set of recovery codes. */
        RecoveryCodesAuthenticator: components["schemas"]["AuthenticatorTimes"] & {
            /** @constant */
            type: "recovery_codes";
            /** @description How many codes there were. */
            total_code_count: number;
            /** @description How many are left. */
            unused_code_count: number;
        };
        /** @description A security key or passkey. */
        WebAuthnAuthenticator: components["schemas"]["AuthenticatorTimes"] & {
            /** @constant */
            type: "webauthn";
            id: components["schemas"]["AuthenticatorId"];
            /** @description The name that the user gave. */
            name: string;
            /** @description Whether it can replace the password. Absent if the client did not tell when it was added. */
            is_passwordless?: boolean;
        };
        /** @description A second factor of a user. */
        Authenticator: components["schemas"]["TotpAuthenticator"] | components["schemas"]["RecoveryCodesAuthenticator"] | components["schemas"]["WebAuthnAuthenticator"];
        /**
         * @description Identifies a session in a list. It is no secret and gives no access.
         * @example 12
         */
        SessionId: number;
        /** @description Nothing but the status. */
        TooManyRequestsResponse: {
            /** @constant */
            status: 429;
        };
    };
    responses: {
        /** @description What sign-in and account pages show. */
        Portal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PortalResponse"];
            };
        };
        /** @description The account of the caller. */
        Account: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccountResponse"];
            };
        };
        /** @description Everything that is stored about the caller. */
        AccountExport: {
            headers: {
                /** @description Says that the answer is a file, and its name. */
                "Content-Disposition"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccountExportResponse"];
            };
        };
        /** @description The session behind the token is over. Only apps get this. */
        SessionGone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SessionGoneResponse"];
            };
        };
        /** @description Nobody is signed in. The flows say what is possible, and what is pending. */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnauthenticatedResponse"];
            };
        };
        /** @description Nobody is signed in, or, when `meta.is_authenticated` is true, the sign-in is too long ago and one of the flows has to be passed first. */
        NotAllowedYet: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnauthenticatedResponse"] | components["schemas"]["ReauthenticationResponse"];
            };
        };
        /** @description The request does not fit the state of the session. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ConflictResponse"];
            };
        };
        /** @description The input was understood and declined. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description A limit is reached. Try again later. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TooManyRequestsResponse"];
            };
        };
    };
    parameters: {
        /** @description The kind of caller. */
        Client: "app" | "browser";
        /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
        SessionToken: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getPortal: {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Portal"];
            410: components["responses"]["SessionGone"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Account"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["NotAllowedYet"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            200: components["responses"]["Account"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    exportAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["AccountExport"];
            401: components["responses"]["NotAllowedYet"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
