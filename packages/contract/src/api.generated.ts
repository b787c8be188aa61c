// Made from openapi.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/_allauth/{client}/v1/config": {
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
         * Tell what this server offers
         * @description Needs no session. Members of features that are off are absent.
         */
        get: operations["getConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/session": {
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
        /** Tell who is signed in, or what is missing for that */
        get: operations["getSession"];
        put?: never;
        post?: never;
        /**
         * Sign out
         * @description Ends the session. Success is the 401 of somebody who is not signed in.
         */
        delete: operations["logOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/login": {
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
        get?: never;
        put?: never;
        /**
         * Sign in with a password
         * @description Answers 401 with a pending flow when a further step is due, such as verifying the address or a second factor. 409 means that the caller is signed in already.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/signup": {
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
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description Answers 200 when the new user is signed in at once, 401 when a step such as `verify_email` is pending, 403 when no new accounts are taken, and 409 when the caller is signed in already.
         */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/email/verify": {
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
         * Look up what a verification key stands for
         * @description Changes nothing, except that a wrong code counts as an attempt. 409 means that no code is waited for.
         */
        get: operations["getEmailVerification"];
        put?: never;
        /**
         * Verify an email address
         * @description Takes the key from the link, or the code, depending on what was mailed. 200 and 401 both mean that the address is verified now; 401 only adds that the caller is not signed in. 409 means that no code is waited for.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/email/verify/resend": {
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
        get?: never;
        put?: never;
        /**
         * Mail the verification code again
         * @description 409 means that no code is waited for, or that it cannot be sent again; 429 that it is too soon.
         */
        post: operations["resendEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/phone/verify": {
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
        get?: never;
        put?: never;
        /**
         * Verify a phone number
         * @description 409 means that no code is waited for.
         */
        post: operations["verifyPhone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/phone/verify/resend": {
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
        get?: never;
        put?: never;
        /** Text the verification code again */
        post: operations["resendPhoneVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/reauthenticate": {
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
        get?: never;
        put?: never;
        /**
         * Give the password once more
         * @description Serves when an answer listed the flow `reauthenticate`.
         */
        post: operations["reauthenticate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/password/request": {
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
        get?: never;
        put?: never;
        /**
         * Have a reset link or code mailed
         * @description Answers the same for known and unknown addresses. With links the answer is a bare 200; with codes it is what `getSession` would say, with `password_reset_by_code` pending.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/password/reset": {
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
         * Look up whose password a key or code resets
         * @description A wrong code counts as an attempt. 409 means that no code is waited for.
         */
        get: operations["getPasswordReset"];
        put?: never;
        /**
         * Set a new password by key or code
         * @description 401 means that the password is set, yet the caller still has to sign in.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/code/request": {
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
        get?: never;
        put?: never;
        /**
         * Have a sign-in code mailed or texted
         * @description Success is 401 with `login_by_code` pending, or 200 for somebody signed in.
         */
        post: operations["requestLoginCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/code/confirm": {
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
        get?: never;
        put?: never;
        /**
         * Sign in with the code
         * @description 409 means that no code is waited for.
         */
        post: operations["confirmLoginCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/code/resend": {
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
        get?: never;
        put?: never;
        /** Send the sign-in code again */
        post: operations["resendLoginCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/browser/v1/auth/provider/redirect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go to a provider to sign in there
         * @description A form that a page posts, not a script's request: the browser leaves for the provider and comes back to `callback_url`. Failures are told there by the query parameters `error` and `error_process`. A form that is no good leads to the page for errors of the settings; 400 means that there is none. The field `csrfmiddlewaretoken` can stand in for `X-CSRFToken`.
         */
        post: operations["redirectToProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/app/v1/auth/provider/redirect": {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell where an app sends somebody to sign in at a provider
         * @description The app opens the address in the browser of the system (RFC 8252). That comes back to `callback_url` with a `code` to redeem, or with `error` and `error_process`. 403 means that nobody is signed in who could connect an account.
         */
        post: operations["beginProviderRedirect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/app/v1/auth/provider/code": {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in, or connect an account, with the code that an app was opened with
         * @description 403 means that nobody new can sign up, or that another session began what the code is for.
         */
        post: operations["redeemProviderCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/provider/token": {
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
        get?: never;
        put?: never;
        /** Sign in, or connect an account, with a token the provider issued */
        post: operations["logInWithProviderToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/provider/signup": {
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
         * Show what the provider told about the new user
         * @description 409 means that no `provider_signup` is pending.
         */
        get: operations["getProviderSignup"];
        put?: never;
        /** Make the account with what the provider did not tell */
        post: operations["completeProviderSignup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/2fa/authenticate": {
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
        get?: never;
        put?: never;
        /** Pass the second step with a TOTP or recovery code */
        post: operations["authenticateWithCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/2fa/reauthenticate": {
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
        get?: never;
        put?: never;
        /**
         * Prove presence again with a TOTP or recovery code
         * @description Serves when an answer listed the flow `mfa_reauthenticate`.
         */
        post: operations["reauthenticateWithCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/browser/v1/auth/2fa/trust": {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide whether this browser may skip the second step next time
         * @description Serves when `mfa_trust` is pending; either answer completes the sign-in.
         */
        post: operations["trustBrowser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/webauthn/authenticate": {
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
        /** Begin the second step with a security key */
        get: operations["getWebAuthnAuthenticationOptions"];
        put?: never;
        /** Pass the second step with a security key */
        post: operations["authenticateWithWebAuthn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/webauthn/reauthenticate": {
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
        /** Begin proving presence again with a security key */
        get: operations["getWebAuthnReauthenticationOptions"];
        put?: never;
        /** Prove presence again with a security key */
        post: operations["reauthenticateWithWebAuthn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/webauthn/login": {
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
         * Begin signing in with a passkey
         * @description An app that has no session yet gets one, in `meta.session_token`.
         */
        get: operations["getWebAuthnLoginOptions"];
        put?: never;
        /** Sign in with a passkey */
        post: operations["logInWithWebAuthn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/webauthn/signup": {
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
         * Get the options for creating the passkey
         * @description 409 means that `mfa_signup_webauthn` is not pending.
         */
        get: operations["getPasskeySignupOptions"];
        /** Store the passkey and sign in */
        put: operations["completePasskeySignup"];
        /**
         * Begin making an account that has a passkey instead of a password
         * @description Success is 401 with `verify_email` pending, later `mfa_signup_webauthn`.
         */
        post: operations["startPasskeySignup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/auth/sessions": {
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
        /** List where the user is signed in */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End some sessions
         * @description Answers the sessions that are left, or 401 if the caller's own was among them.
         */
        delete: operations["endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/account/email": {
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
        /** List the user's addresses */
        get: operations["listEmailAddresses"];
        /**
         * Have the verification mail for an address sent
         * @description 403 and 429 mean that it is too soon for another one.
         */
        put: operations["requestEmailVerification"];
        /**
         * Add an address, or change the one that is being verified
         * @description Also serves while `verify_email` is pending, if the server allows to change the address then. 409 means that it does not, or that nobody is signed in.
         */
        post: operations["addEmailAddress"];
        /** Remove an address */
        delete: operations["removeEmailAddress"];
        options?: never;
        head?: never;
        /** Make an address the primary one */
        patch: operations["makeEmailAddressPrimary"];
        trace?: never;
    };
    "/_allauth/{client}/v1/account/phone": {
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
         * Show the user's phone number
         * @description The list has one entry, or none.
         */
        get: operations["listPhoneNumbers"];
        put?: never;
        /**
         * Set another phone number, or change the one that is being verified
         * @description The number counts once its code was sent to `verifyPhone`.
         */
        post: operations["changePhoneNumber"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/account/password/change": {
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
        get?: never;
        put?: never;
        /**
         * Change the password, or set the first one
         * @description 401 means that the password is changed and that the caller has been signed out by it, or that nobody was signed in.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/account/providers": {
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
        /** List the connected provider accounts */
        get: operations["listProviderAccounts"];
        put?: never;
        post?: never;
        /**
         * Disconnect a provider account
         * @description Refused when the user could not sign in any more without it.
         */
        delete: operations["disconnectProviderAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/account/authenticators": {
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
        /** List the user's second factors */
        get: operations["listAuthenticators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/account/authenticators/totp": {
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
         * Show the TOTP authenticator, or a new secret to make one from
         * @description 404 is the answer before activation and carries the secret. 409 means that the user has to verify an address first.
         */
        get: operations["getTotp"];
        put?: never;
        /** Activate TOTP with a first code */
        post: operations["activateTotp"];
        /** Deactivate TOTP */
        delete: operations["deactivateTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/account/authenticators/recovery-codes": {
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
         * Show the recovery codes that are left
         * @description 404 means that there are none. Where the settings show codes once, every answer after the first has the
         *     counts alone.
         */
        get: operations["getRecoveryCodes"];
        put?: never;
        /**
         * Make new recovery codes
         * @description The old ones no longer work. Refused as long as there is no other second factor.
         */
        post: operations["generateRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/{client}/v1/account/authenticators/webauthn": {
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
        /** Begin adding a security key */
        get: operations["getWebAuthnCreationOptions"];
        /** Rename a security key */
        put: operations["renameWebAuthn"];
        /** Add a security key */
        post: operations["addWebAuthn"];
        /** Remove security keys */
        delete: operations["removeWebAuthn"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_allauth/app/v1/tokens/refresh": {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a refresh token for a new access token
         * @description A refresh token is traded once: the answer carries its successor, unless the server does not rotate them. Trading the same one again within a short time answers the same tokens; later it ends the session.
         */
        post: operations["refreshTokens"];
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
         * @description Seconds since 1970, with a fraction.
         * @example 1790000000.25
         */
        Timestamp: number;
        /**
         * @description An email address.
         * @example ann@example.org
         */
        Email: string;
        /**
         * @description A phone number as E.164 has it, with a plus sign and no blanks.
         * @example +31612345678
         */
        Phone: string;
        /**
         * @description The name that the user picked, or was given.
         * @example ann
         */
        Username: string;
        /**
         * @description A password in clear.
         * @example correct horse battery staple
         */
        Password: string;
        /**
         * @description A code that was mailed or texted. Case, blanks and dashes do not matter.
         * @example BCDF-GHJK
         */
        Code: string;
        /**
         * @description A TOTP code or a recovery code.
         * @example 314159
         */
        FactorCode: string;
        /**
         * @description Identifies a user. Treat it as opaque.
         * @example 0199c5a4-7d1c-7000-8000-3f6f6f1d2c4b
         */
        UserId: number | string;
        /**
         * @description Identifies an authenticator.
         * @example 7
         */
        AuthenticatorId: number;
        /**
         * @description Identifies a session in a list. It is no secret and gives no access.
         * @example 12
         */
        SessionId: number;
        /**
         * @description Identifies a provider.
         * @example github
         */
        ProviderId: string;
        /**
         * @description Identifies a user at the provider.
         * @example 583231
         */
        ProviderAccountId: string;
        /**
         * @description The identifier under which this application is known to the provider.
         * @example latchkey-web
         */
        ClientId: string;
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
        /**
         * @description The token that stands for an app's session.
         * @example 4vZr0m1Xo9bQhT6y
         */
        SessionToken: string;
        /**
         * @description What a user can sign in with, beside the password.
         * @enum {string}
         */
        LoginMethod: "email" | "phone" | "username";
        /**
         * @description A kind of second factor.
         * @enum {string}
         */
        AuthenticatorType: "recovery_codes" | "totp" | "webauthn";
        /**
         * @description A way to use a provider.
         * @enum {string}
         */
        ProviderFlow: "provider_redirect" | "provider_token";
        /**
         * @description Whether a provider account is used to sign in, or added to the signed-in user.
         * @enum {string}
         */
        Process: "login" | "connect";
        /**
         * @description What somebody goes to a provider for.
         * @enum {string}
         */
        RedirectProcess: "login" | "connect" | "reauthenticate";
        /**
         * @description Names a flow.
         * @enum {string}
         */
        FlowId: "login" | "login_by_code" | "mfa_authenticate" | "mfa_login_webauthn" | "mfa_reauthenticate" | "mfa_signup_webauthn" | "mfa_trust" | "password_reset_by_code" | "provider_redirect" | "provider_signup" | "provider_token" | "reauthenticate" | "signup" | "verify_email" | "verify_phone";
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
        /** @description A user that is about to be made, and so has no `id` yet. */
        ProspectiveUser: {
            /** @description A name to show. */
            display: string;
            /** @description The address that the provider told. Absent if it told none. */
            email?: components["schemas"]["Email"];
            /** @description A suggestion. */
            username?: components["schemas"]["Username"];
            /** @description Whether the user can sign in with a password. */
            has_usable_password: boolean;
        };
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
        /** @description A proof that the user gave in this session. */
        AuthenticationMethod: components["schemas"]["PasswordMethod"] | components["schemas"]["PasswordResetMethod"] | components["schemas"]["CodeMethod"] | components["schemas"]["ProviderMethod"] | components["schemas"]["FactorMethod"];
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
        /** @description A code that was mailed or texted; either `email` or `phone` says where to. */
        CodeMethod: {
            /** @constant */
            method: "code";
            at: components["schemas"]["Timestamp"];
            email?: components["schemas"]["Email"];
            phone?: components["schemas"]["Phone"];
        };
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
        /** @description One place where a user is signed in. */
        Session: {
            id: components["schemas"]["SessionId"];
            /** @description What the client called itself when the session began. */
            user_agent: string;
            /** @description The network address of the client. */
            ip: string;
            created_at: components["schemas"]["Timestamp"];
            /** @description Present where the server keeps track of activity. */
            last_seen_at?: components["schemas"]["Timestamp"];
            /** @description Whether it is the session of the caller. */
            is_current: boolean;
        };
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
        /** @description A user's account at a provider. */
        ProviderAccount: {
            uid: components["schemas"]["ProviderAccountId"];
            /** @description A name to show. */
            display: string;
            provider: components["schemas"]["Provider"];
        };
        /** @description A second factor of a user. */
        Authenticator: components["schemas"]["TotpAuthenticator"] | components["schemas"]["RecoveryCodesAuthenticator"] | components["schemas"]["WebAuthnAuthenticator"];
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
        /** @description A set of recovery codes, with the codes. */
        RecoveryCodes: components["schemas"]["RecoveryCodesAuthenticator"] & {
            /** @description The codes that are left. */
            unused_codes: components["schemas"]["FactorCode"][];
        };
        /** @description A set of recovery codes, with the codes unless they were shown before, once and for all. */
        ShownRecoveryCodes: components["schemas"]["RecoveryCodesAuthenticator"] & {
            /** @description The codes that are left. */
            unused_codes?: components["schemas"]["FactorCode"][];
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
        /** @description Names a credential. */
        CredentialDescriptor: {
            /** @constant */
            type: "public-key";
            /** @description The credential's identifier, base64url. */
            id: string;
        };
        /** @description `PublicKeyCredentialCreationOptionsJSON` of WebAuthn Level 3; pass `publicKey` to `PublicKeyCredential.parseCreationOptionsFromJSON`. */
        CreationOptions: {
            publicKey: {
                /** @description Random bytes to sign, base64url. */
                challenge: string;
                /** @description This server. */
                rp: {
                    id: string;
                    name: string;
                };
                /** @description The owner of the new credential. */
                user: {
                    id: string;
                    name: string;
                    displayName: string;
                };
                /** @description Signature algorithms that are taken, best first. */
                pubKeyCredParams: {
                    /** @constant */
                    type: "public-key";
                    alg: number;
                }[];
                /** @description Credentials that the user has already. */
                excludeCredentials: components["schemas"]["CredentialDescriptor"][];
                /** @description What the authenticator has to be able to do. */
                authenticatorSelection: {
                    residentKey: components["schemas"]["Requirement"];
                    requireResidentKey: boolean;
                    userVerification: components["schemas"]["Requirement"];
                };
                /** @description Extensions to ask for. */
                extensions?: {
                    credProps?: boolean;
                };
            };
        };
        /** @description `PublicKeyCredentialRequestOptionsJSON` of WebAuthn Level 3; pass `publicKey` to `PublicKeyCredential.parseRequestOptionsFromJSON`. */
        RequestOptions: {
            publicKey: {
                /** @description Random bytes to sign, base64url. */
                challenge: string;
                /** @description The domain that the credential belongs to. */
                rpId: string;
                /** @description Credentials that will do; empty means any. */
                allowCredentials: components["schemas"]["CredentialDescriptor"][];
                userVerification: components["schemas"]["Requirement"];
            };
        };
        /**
         * @description How much something is wanted.
         * @enum {string}
         */
        Requirement: "discouraged" | "preferred" | "required";
        /** @description What the browser's `PublicKeyCredential.toJSON()` gives, as object. */
        Credential: Record<string, never>;
        /** @description What this server offers, by part. */
        Configuration: {
            account: components["schemas"]["AccountConfiguration"];
            socialaccount?: components["schemas"]["SocialAccountConfiguration"];
            mfa?: components["schemas"]["MfaConfiguration"];
            usersessions?: components["schemas"]["UserSessionsConfiguration"];
        };
        /** @description Local accounts. */
        AccountConfiguration: {
            /**
             * @description An older form of `login_methods`, for older clients. Absent if users sign in by phone alone.
             * @enum {string}
             */
            authentication_method?: "email" | "username" | "username_email";
            /** @description What users sign in with. */
            login_methods: components["schemas"]["LoginMethod"][];
            /** @description Whether new accounts are taken. */
            is_open_for_signup: boolean;
            /** @description Whether addresses are verified by code, rather than by link. */
            email_verification_by_code_enabled: boolean;
            /** @description Whether a user can have a code sent to sign in with. */
            login_by_code_enabled: boolean;
            /** @description Whether passwords are reset by code, rather than by link. */
            password_reset_by_code_enabled: boolean;
        };
        /** @description Accounts from elsewhere. */
        SocialAccountConfiguration: {
            /** @description The providers that the calling client can use, by name. */
            providers: components["schemas"]["Provider"][];
        };
        /** @description Second factors. */
        MfaConfiguration: {
            /** @description The kinds that users can have. */
            supported_types: components["schemas"]["AuthenticatorType"][];
            /** @description Whether a passkey is enough to sign in. */
            passkey_login_enabled: boolean;
        };
        /** @description The list of sessions. */
        UserSessionsConfiguration: {
            /** @description Whether sessions tell when they were last seen. */
            track_activity: boolean;
        };
        /** @description The password and one of the others; `login_methods` of the configuration tells which are taken. */
        Login: {
            password: components["schemas"]["Password"];
        } & ({
            email: components["schemas"]["Email"];
        } | {
            username: components["schemas"]["Username"];
        } | {
            phone: components["schemas"]["Phone"];
        });
        /** @description Which of these are wanted, and which are needed, depends on the settings. */
        SignupFields: {
            email?: components["schemas"]["Email"];
            phone?: components["schemas"]["Phone"];
            username?: components["schemas"]["Username"];
        };
        /** @description A new account. Sites may have further fields. */
        Signup: components["schemas"]["SignupFields"] & {
            /** @description The address once more, where the site asks for it twice. */
            email2?: components["schemas"]["Email"];
            /** @description May be left out where the site allows accounts without. */
            password?: components["schemas"]["Password"];
        };
        /** @description A new account that will have a passkey. */
        PasskeySignup: components["schemas"]["SignupFields"];
        /** @description What the provider did not tell about a new user. */
        ProviderSignup: {
            email?: components["schemas"]["Email"];
            /** @description The address once more, where the site asks for it twice. */
            email2?: components["schemas"]["Email"];
            phone?: components["schemas"]["Phone"];
            username?: components["schemas"]["Username"];
        };
        /** @description Proof that the mail arrived. */
        VerifyEmail: {
            /** @description The key from the link, or the code. */
            key: string;
        };
        /** @description Proof that the message arrived. */
        VerifyPhone: {
            code: components["schemas"]["Code"];
        };
        /** @description The password, once more. */
        Reauthenticate: {
            password: components["schemas"]["Password"];
        };
        /** @description Whose password to reset. */
        RequestPasswordReset: {
            email: components["schemas"]["Email"];
        };
        /** @description A new password, and the right to set it. */
        ResetPassword: {
            /** @description The key from the link, or the code. */
            key: string;
            password: components["schemas"]["Password"];
        };
        /** @description A new password. */
        ChangePassword: {
            /** @description Left out only by users who have none. */
            current_password?: components["schemas"]["Password"];
            new_password: components["schemas"]["Password"];
        };
        /** @description Where to send the code. */
        RequestLoginCode: {
            email: components["schemas"]["Email"];
        } | {
            phone: components["schemas"]["Phone"];
        };
        /** @description The code that was sent. */
        ConfirmLoginCode: {
            code: components["schemas"]["Code"];
        };
        /** @description Where to go, and where to come back to. */
        ProviderRedirect: {
            provider: components["schemas"]["ProviderId"];
            process: components["schemas"]["RedirectProcess"];
            /** @description A page of the front end, on a host that the server trusts. */
            callback_url: string;
            /** @description The token from the `csrftoken` cookie. */
            csrfmiddlewaretoken?: string;
        };
        /** @description Where to go, where to come back to, and what the code is bound to. */
        AppProviderRedirect: {
            provider: components["schemas"]["ProviderId"];
            process: components["schemas"]["RedirectProcess"];
            /** @description An address that opens the app, as the settings have it. */
            callback_url: string;
            /** @description The SHA-256 of the `code_verifier`, as base64url without padding (RFC 7636). */
            code_challenge: string;
            /** @constant */
            code_challenge_method?: "S256";
        };
        /** @description The code that the app was opened with, and the proof that it is the same app. */
        ProviderCode: {
            /** @description From the query of `callback_url`. Works once, for a minute. */
            code: string;
            /** @description The secret that the app made up before it began. */
            code_verifier: string;
        };
        /** @description A token that the provider gave to the client. */
        ProviderToken: {
            provider: components["schemas"]["ProviderId"];
            process: components["schemas"]["Process"];
            /** @description One of `id_token` and `access_token`, whichever the provider is used with. */
            token: {
                client_id: components["schemas"]["ClientId"];
                id_token?: string;
                access_token?: string;
            };
        };
        /** @description Names a connected account. */
        DisconnectProvider: {
            provider: components["schemas"]["ProviderId"];
            account: components["schemas"]["ProviderAccountId"];
        };
        /** @description A code from an authenticator. */
        AuthenticatorCode: {
            code: components["schemas"]["FactorCode"];
        };
        /** @description The user's choice. */
        Trust: {
            /** @description Whether to skip the second step next time. */
            trust: boolean;
        };
        /** @description A signature by a security key. */
        Assertion: {
            credential: components["schemas"]["Credential"];
        };
        /** @description A newly created credential. */
        Attestation: {
            /** @description A name for it. The server makes one up if there is none. */
            name?: string;
            credential: components["schemas"]["Credential"];
        };
        /** @description A new name for a security key. */
        RenameWebAuthn: {
            id: components["schemas"]["AuthenticatorId"];
            /** @description At most 100 characters. */
            name: string;
        };
        /** @description Names security keys. */
        RemoveWebAuthn: {
            authenticators: components["schemas"]["AuthenticatorId"][];
        };
        /** @description Names an address. */
        EmailInput: {
            email: components["schemas"]["Email"];
        };
        /** @description Names the address that becomes the primary one. */
        PrimaryEmail: {
            email: components["schemas"]["Email"];
            /** @constant */
            primary: true;
        };
        /** @description Names a number. */
        PhoneInput: {
            phone: components["schemas"]["Phone"];
        };
        /** @description Names sessions. */
        EndSessions: {
            sessions: components["schemas"]["SessionId"][];
        };
        /** @description The refresh token to trade in. */
        RefreshTokenInput: {
            refresh_token: components["schemas"]["RefreshToken"];
        };
        /** @description Tokens appear for apps only, and only when they are new: on the first answer that needs a session, on signing in and when the password changes. The newest one counts. */
        SessionMeta: {
            session_token?: components["schemas"]["SessionToken"];
            access_token?: components["schemas"]["AccessToken"];
            refresh_token?: components["schemas"]["RefreshToken"];
        };
        /** @description Somebody is signed in. */
        AuthenticatedMeta: components["schemas"]["SessionMeta"] & {
            /** @constant */
            is_authenticated: true;
        };
        /** @description Nobody is signed in. */
        UnauthenticatedMeta: components["schemas"]["SessionMeta"] & {
            /** @constant */
            is_authenticated: false;
        };
        /** @description Who is signed in, and how they proved it. */
        AuthenticatedResponse: {
            /** @constant */
            status: 200;
            data: {
                user: components["schemas"]["User"];
                /** @description The proofs of this session, oldest first. Empty after signing up. */
                methods: components["schemas"]["AuthenticationMethod"][];
            };
            meta: components["schemas"]["AuthenticatedMeta"];
        };
        /** @description What can be done, or has to be done, to be signed in. */
        UnauthenticatedResponse: {
            /** @constant */
            status: 401;
            data: {
                flows: components["schemas"]["Flow"][];
            };
            meta: components["schemas"]["UnauthenticatedMeta"];
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
        /** @description What can be done without a session. */
        SessionGoneResponse: {
            /** @constant */
            status: 410;
            data: {
                flows: components["schemas"]["Flow"][];
            };
            meta: components["schemas"]["UnauthenticatedMeta"];
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
        /** @description What is wrong with the state of the user. */
        ConflictErrorResponse: {
            /** @constant */
            status: 409;
            errors: components["schemas"]["ApiError"][];
        };
        /** @description Nothing but the status. */
        OkResponse: {
            /** @constant */
            status: 200;
        };
        /** @description Nothing but the status. */
        BadRequestResponse: {
            /** @constant */
            status: 400;
        };
        /** @description Nothing but the status. */
        ForbiddenResponse: {
            /** @constant */
            status: 403;
        };
        /** @description Nothing but the status. */
        NotFoundResponse: {
            /** @constant */
            status: 404;
        };
        /** @description Nothing but the status. */
        ConflictResponse: {
            /** @constant */
            status: 409;
        };
        /** @description Nothing but the status. */
        TooManyRequestsResponse: {
            /** @constant */
            status: 429;
        };
        /** @description The configuration. */
        ConfigurationResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["Configuration"];
        };
        /** @description An address, and whose it will be. */
        EmailVerificationResponse: {
            /** @constant */
            status: 200;
            data: {
                email: components["schemas"]["Email"];
                user: components["schemas"]["User"];
            };
            meta: {
                /** @description Whether this session's sign-in waits for the verification. */
                is_authenticating: boolean;
            };
        };
        /** @description Whose password will be set. */
        PasswordResetResponse: {
            /** @constant */
            status: 200;
            data: {
                user?: components["schemas"]["User"];
            };
        };
        /** @description Where to go. */
        ProviderUrlResponse: {
            /** @constant */
            status: 200;
            data: {
                /**
                 * Format: uri
                 * @description The address at the provider, for the browser of the system.
                 */
                url: string;
            };
        };
        /** @description What the provider told. */
        ProviderSignupResponse: {
            /** @constant */
            status: 200;
            data: {
                /** @description The addresses that the provider told. */
                email: components["schemas"]["EmailAddress"][];
                account: components["schemas"]["ProviderAccount"];
                user: components["schemas"]["ProspectiveUser"];
            };
        };
        /** @description Connected accounts. */
        ProviderAccountsResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["ProviderAccount"][];
        };
        /** @description Addresses. */
        EmailAddressesResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["EmailAddress"][];
        };
        /** @description Phone numbers. */
        PhoneNumbersResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["PhoneNumber"][];
        };
        /** @description A phone number that is yet to be verified. */
        PhoneNumberAcceptedResponse: {
            /** @constant */
            status: 202;
            data: components["schemas"]["PhoneNumber"][];
        };
        /** @description Authenticators. */
        AuthenticatorsResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["Authenticator"][];
        };
        /** @description A TOTP authenticator. */
        TotpResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["TotpAuthenticator"];
            meta?: components["schemas"]["AuthenticatorMeta"];
        };
        /** @description A secret to make a TOTP authenticator from. */
        TotpSecretResponse: {
            /** @constant */
            status: 404;
            meta: {
                /** @description The secret, base32. */
                secret: string;
                /**
                 * Format: uri
                 * @description The same for a QR code, as `otpauth:` URL.
                 */
                totp_url: string;
                /** @description The QR code itself, an SVG image. Present where the query asks for it. */
                totp_svg?: string;
            };
        };
        /** @description What adding an authenticator brought along. */
        AuthenticatorMeta: {
            /** @description Whether new recovery codes were made, which the user should now see. */
            recovery_codes_generated?: boolean;
        };
        /** @description Recovery codes. */
        RecoveryCodesResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["RecoveryCodes"];
        };
        /** @description Recovery codes, as far as they are shown. */
        ShownRecoveryCodesResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["ShownRecoveryCodes"];
        };
        /** @description A security key. */
        WebAuthnResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["WebAuthnAuthenticator"];
        };
        /** @description A security key that was added. */
        WebAuthnAddedResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["WebAuthnAuthenticator"];
            meta: components["schemas"]["AuthenticatorMeta"];
        };
        /** @description Options for `navigator.credentials.create`. */
        CreationOptionsResponse: {
            /** @constant */
            status: 200;
            data: {
                creation_options: components["schemas"]["CreationOptions"];
            };
        };
        /** @description Options for `navigator.credentials.get`. */
        RequestOptionsResponse: {
            /** @constant */
            status: 200;
            data: {
                request_options: components["schemas"]["RequestOptions"];
            };
        };
        /** @description Options for `navigator.credentials.get`, before anybody is signed in. */
        LoginRequestOptionsResponse: components["schemas"]["RequestOptionsResponse"] & {
            meta?: components["schemas"]["SessionMeta"];
        };
        /** @description Sessions. */
        SessionsResponse: {
            /** @constant */
            status: 200;
            data: components["schemas"]["Session"][];
        };
        /** @description Fresh tokens. */
        TokensResponse: {
            /** @constant */
            status: 200;
            data: {
                access_token: components["schemas"]["AccessToken"];
                /** @description Present if the old one no longer works. */
                refresh_token?: components["schemas"]["RefreshToken"];
            };
        };
    };
    responses: {
        /** @description What this server offers. */
        Configuration: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ConfigurationResponse"];
            };
        };
        /** @description Somebody is signed in. */
        Authenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AuthenticatedResponse"];
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
        /** @description The session behind the token is over. Only apps get this. */
        SessionGone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SessionGoneResponse"];
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
        /** @description The refresh token is no good, which says nothing but the status; or the input lacks it, which gives errors. */
        RefreshRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BadRequestResponse"] | components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Done. */
        Done: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OkResponse"];
            };
        };
        /** @description Not permitted now. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ForbiddenResponse"];
            };
        };
        /** @description There is none. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NotFoundResponse"];
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
        /** @description The user cannot have such an authenticator now; `errors` may tell why. */
        AuthenticatorConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ConflictResponse"] | components["schemas"]["ConflictErrorResponse"];
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
        /** @description The browser is sent to the provider, or to a page that shows the error. */
        Redirect: {
            headers: {
                /** @description Where to go. */
                Location?: string;
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Where to go. */
        ProviderUrl: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ProviderUrlResponse"];
            };
        };
        /** @description What the key stands for. */
        EmailVerification: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["EmailVerificationResponse"];
            };
        };
        /** @description The mail is on its way. With codes, a signed-in caller gets the session instead. */
        PasswordResetRequested: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OkResponse"] | components["schemas"]["AuthenticatedResponse"];
            };
        };
        /** @description The key is good. */
        PasswordReset: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PasswordResetResponse"];
            };
        };
        /** @description What is known so far. */
        ProviderSignup: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ProviderSignupResponse"];
            };
        };
        /** @description The accounts that are connected now. */
        ProviderAccounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ProviderAccountsResponse"];
            };
        };
        /** @description The addresses that the user has now. */
        EmailAddresses: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["EmailAddressesResponse"];
            };
        };
        /** @description The number, if there is one. */
        PhoneNumbers: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PhoneNumbersResponse"];
            };
        };
        /** @description A code is on its way to the number, which is listed as it will be. */
        PhoneNumberAccepted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PhoneNumberAcceptedResponse"];
            };
        };
        /** @description The second factors. */
        Authenticators: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AuthenticatorsResponse"];
            };
        };
        /** @description The active TOTP authenticator. */
        Totp: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TotpResponse"];
            };
        };
        /** @description TOTP is not active. The secret is new with every answer. */
        TotpSecret: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TotpSecretResponse"];
            };
        };
        /** @description The codes. */
        RecoveryCodes: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RecoveryCodesResponse"];
            };
        };
        /** @description The codes, as far as they are shown. */
        ShownRecoveryCodes: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ShownRecoveryCodesResponse"];
            };
        };
        /** @description The security key. */
        WebAuthn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebAuthnResponse"];
            };
        };
        /** @description The new security key. */
        WebAuthnAdded: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebAuthnAddedResponse"];
            };
        };
        /** @description Options to create a credential with. */
        CreationOptions: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CreationOptionsResponse"];
            };
        };
        /** @description Options to ask for a credential with. */
        RequestOptions: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RequestOptionsResponse"];
            };
        };
        /** @description Options to ask for a credential with, and the token of a session if one was opened. */
        LoginRequestOptions: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["LoginRequestOptionsResponse"];
            };
        };
        /** @description The sessions that are open. */
        Sessions: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SessionsResponse"];
            };
        };
        /** @description Fresh tokens. */
        Tokens: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TokensResponse"];
            };
        };
    };
    parameters: {
        /** @description The kind of caller. */
        Client: "app" | "browser";
        /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
        SessionToken: string;
        /** @description The key from the link, or the code. */
        EmailVerificationKey: string;
        /** @description The key from the link, or the code. */
        PasswordResetKey: string;
        /** @description If present, whatever its value, the answer has the QR code as an image, too. */
        TotpSvg: boolean;
        /** @description If present, whatever its value, the key is to serve for signing in without a password: it is kept on the authenticator and verifies its user. */
        Passwordless: boolean;
    };
    requestBodies: {
        Login: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        Signup: {
            content: {
                "application/json": components["schemas"]["Signup"];
            };
        };
        PasskeySignup: {
            content: {
                "application/json": components["schemas"]["PasskeySignup"];
            };
        };
        ProviderSignup: {
            content: {
                "application/json": components["schemas"]["ProviderSignup"];
            };
        };
        VerifyEmail: {
            content: {
                "application/json": components["schemas"]["VerifyEmail"];
            };
        };
        VerifyPhone: {
            content: {
                "application/json": components["schemas"]["VerifyPhone"];
            };
        };
        Reauthenticate: {
            content: {
                "application/json": components["schemas"]["Reauthenticate"];
            };
        };
        RequestPasswordReset: {
            content: {
                "application/json": components["schemas"]["RequestPasswordReset"];
            };
        };
        ResetPassword: {
            content: {
                "application/json": components["schemas"]["ResetPassword"];
            };
        };
        ChangePassword: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        RequestLoginCode: {
            content: {
                "application/json": components["schemas"]["RequestLoginCode"];
            };
        };
        ConfirmLoginCode: {
            content: {
                "application/json": components["schemas"]["ConfirmLoginCode"];
            };
        };
        ProviderRedirect: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["ProviderRedirect"];
                "multipart/form-data": components["schemas"]["ProviderRedirect"];
            };
        };
        AppProviderRedirect: {
            content: {
                "application/json": components["schemas"]["AppProviderRedirect"];
            };
        };
        ProviderCode: {
            content: {
                "application/json": components["schemas"]["ProviderCode"];
            };
        };
        ProviderToken: {
            content: {
                "application/json": components["schemas"]["ProviderToken"];
            };
        };
        ProviderAccount: {
            content: {
                "application/json": components["schemas"]["DisconnectProvider"];
            };
        };
        AuthenticatorCode: {
            content: {
                "application/json": components["schemas"]["AuthenticatorCode"];
            };
        };
        Trust: {
            content: {
                "application/json": components["schemas"]["Trust"];
            };
        };
        Assertion: {
            content: {
                "application/json": components["schemas"]["Assertion"];
            };
        };
        Attestation: {
            content: {
                "application/json": components["schemas"]["Attestation"];
            };
        };
        RenameWebAuthn: {
            content: {
                "application/json": components["schemas"]["RenameWebAuthn"];
            };
        };
        RemoveWebAuthn: {
            content: {
                "application/json": components["schemas"]["RemoveWebAuthn"];
            };
        };
        Email: {
            content: {
                "application/json": components["schemas"]["EmailInput"];
            };
        };
        PrimaryEmail: {
            content: {
                "application/json": components["schemas"]["PrimaryEmail"];
            };
        };
        Phone: {
            content: {
                "application/json": components["schemas"]["PhoneInput"];
            };
        };
        EndSessions: {
            content: {
                "application/json": components["schemas"]["EndSessions"];
            };
        };
        RefreshToken: {
            content: {
                "application/json": components["schemas"]["RefreshTokenInput"];
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getConfiguration: {
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
            200: components["responses"]["Configuration"];
            410: components["responses"]["SessionGone"];
        };
    };
    getSession: {
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
            200: components["responses"]["Authenticated"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    logOut: {
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
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    logIn: {
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
        requestBody: components["requestBodies"]["Login"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    signUp: {
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
        requestBody: components["requestBodies"]["Signup"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getEmailVerification: {
        parameters: {
            query?: never;
            header: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
                /** @description The key from the link, or the code. */
                "X-Email-Verification-Key": components["parameters"]["EmailVerificationKey"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["EmailVerification"];
            400: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    verifyEmail: {
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
        requestBody: components["requestBodies"]["VerifyEmail"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    resendEmailVerification: {
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
            200: components["responses"]["Done"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    verifyPhone: {
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
        requestBody: components["requestBodies"]["VerifyPhone"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    resendPhoneVerification: {
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
            200: components["responses"]["Done"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    reauthenticate: {
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
        requestBody: components["requestBodies"]["Reauthenticate"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    requestPasswordReset: {
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
        requestBody: components["requestBodies"]["RequestPasswordReset"];
        responses: {
            200: components["responses"]["PasswordResetRequested"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getPasswordReset: {
        parameters: {
            query?: never;
            header: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
                /** @description The key from the link, or the code. */
                "X-Password-Reset-Key": components["parameters"]["PasswordResetKey"];
            };
            path: {
                /** @description The kind of caller. */
                client: components["parameters"]["Client"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PasswordReset"];
            400: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    resetPassword: {
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
        requestBody: components["requestBodies"]["ResetPassword"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    requestLoginCode: {
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
        requestBody: components["requestBodies"]["RequestLoginCode"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    confirmLoginCode: {
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
        requestBody: components["requestBodies"]["ConfirmLoginCode"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    resendLoginCode: {
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
            200: components["responses"]["Done"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    redirectToProvider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ProviderRedirect"];
        responses: {
            302: components["responses"]["Redirect"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    beginProviderRedirect: {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["AppProviderRedirect"];
        responses: {
            200: components["responses"]["ProviderUrl"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    redeemProviderCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ProviderCode"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    logInWithProviderToken: {
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
        requestBody: components["requestBodies"]["ProviderToken"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getProviderSignup: {
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
            200: components["responses"]["ProviderSignup"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    completeProviderSignup: {
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
        requestBody: components["requestBodies"]["ProviderSignup"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    authenticateWithCode: {
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
        requestBody: components["requestBodies"]["AuthenticatorCode"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    reauthenticateWithCode: {
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
        requestBody: components["requestBodies"]["AuthenticatorCode"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    trustBrowser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Trust"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
        };
    };
    getWebAuthnAuthenticationOptions: {
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
            200: components["responses"]["RequestOptions"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    authenticateWithWebAuthn: {
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
        requestBody: components["requestBodies"]["Assertion"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    getWebAuthnReauthenticationOptions: {
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
            200: components["responses"]["RequestOptions"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    reauthenticateWithWebAuthn: {
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
        requestBody: components["requestBodies"]["Assertion"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    getWebAuthnLoginOptions: {
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
            200: components["responses"]["LoginRequestOptions"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    logInWithWebAuthn: {
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
        requestBody: components["requestBodies"]["Assertion"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getPasskeySignupOptions: {
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
            200: components["responses"]["CreationOptions"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    completePasskeySignup: {
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
        requestBody: components["requestBodies"]["Attestation"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    startPasskeySignup: {
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
        requestBody: components["requestBodies"]["PasskeySignup"];
        responses: {
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listSessions: {
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
            200: components["responses"]["Sessions"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    endSessions: {
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
        requestBody: components["requestBodies"]["EndSessions"];
        responses: {
            200: components["responses"]["Sessions"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthenticated"];
            410: components["responses"]["SessionGone"];
        };
    };
    listEmailAddresses: {
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
            200: components["responses"]["EmailAddresses"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
        };
    };
    requestEmailVerification: {
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
        requestBody: components["requestBodies"]["Email"];
        responses: {
            200: components["responses"]["Done"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    addEmailAddress: {
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
        requestBody: components["requestBodies"]["Email"];
        responses: {
            200: components["responses"]["EmailAddresses"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    removeEmailAddress: {
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
        requestBody: components["requestBodies"]["Email"];
        responses: {
            200: components["responses"]["EmailAddresses"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    makeEmailAddressPrimary: {
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
        requestBody: components["requestBodies"]["PrimaryEmail"];
        responses: {
            200: components["responses"]["EmailAddresses"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listPhoneNumbers: {
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
            200: components["responses"]["PhoneNumbers"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
        };
    };
    changePhoneNumber: {
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
        requestBody: components["requestBodies"]["Phone"];
        responses: {
            202: components["responses"]["PhoneNumberAccepted"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    changePassword: {
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
        requestBody: components["requestBodies"]["ChangePassword"];
        responses: {
            200: components["responses"]["Authenticated"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listProviderAccounts: {
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
            200: components["responses"]["ProviderAccounts"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
        };
    };
    disconnectProviderAccount: {
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
        requestBody: components["requestBodies"]["ProviderAccount"];
        responses: {
            200: components["responses"]["ProviderAccounts"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
        };
    };
    listAuthenticators: {
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
            200: components["responses"]["Authenticators"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
        };
    };
    getTotp: {
        parameters: {
            query?: {
                /** @description If present, whatever its value, the answer has the QR code as an image, too. */
                totp_svg?: components["parameters"]["TotpSvg"];
            };
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
            200: components["responses"]["Totp"];
            401: components["responses"]["NotAllowedYet"];
            404: components["responses"]["TotpSecret"];
            409: components["responses"]["AuthenticatorConflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    activateTotp: {
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
        requestBody: components["requestBodies"]["AuthenticatorCode"];
        responses: {
            200: components["responses"]["Totp"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            409: components["responses"]["AuthenticatorConflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    deactivateTotp: {
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
            200: components["responses"]["Done"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
        };
    };
    getRecoveryCodes: {
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
            200: components["responses"]["ShownRecoveryCodes"];
            401: components["responses"]["NotAllowedYet"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["SessionGone"];
        };
    };
    generateRecoveryCodes: {
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
            200: components["responses"]["RecoveryCodes"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
        };
    };
    getWebAuthnCreationOptions: {
        parameters: {
            query?: {
                /** @description If present, whatever its value, the key is to serve for signing in without a password: it is kept on the authenticator and verifies its user. */
                passwordless?: components["parameters"]["Passwordless"];
            };
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
            200: components["responses"]["CreationOptions"];
            401: components["responses"]["NotAllowedYet"];
            409: components["responses"]["AuthenticatorConflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    renameWebAuthn: {
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
        requestBody: components["requestBodies"]["RenameWebAuthn"];
        responses: {
            200: components["responses"]["WebAuthn"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
        };
    };
    addWebAuthn: {
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
        requestBody: components["requestBodies"]["Attestation"];
        responses: {
            200: components["responses"]["WebAuthnAdded"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            409: components["responses"]["AuthenticatorConflict"];
            410: components["responses"]["SessionGone"];
        };
    };
    removeWebAuthn: {
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
        requestBody: components["requestBodies"]["RemoveWebAuthn"];
        responses: {
            200: components["responses"]["Done"];
            400: components["responses"]["Refused"];
            401: components["responses"]["NotAllowedYet"];
            410: components["responses"]["SessionGone"];
        };
    };
    refreshTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description The newest session token that the app received. Empty counts as none. Browsers have a cookie instead. */
                "X-Session-Token"?: components["parameters"]["SessionToken"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["RefreshToken"];
        responses: {
            200: components["responses"]["Tokens"];
            400: components["responses"]["RefreshRefused"];
            410: components["responses"]["SessionGone"];
        };
    };
}
