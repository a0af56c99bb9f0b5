//! The words: which names look like sensitive data, and which words around them say that they do
//! not. Words are separated by spaces, the words of a phrase by `_`.

/// A kind of sensitive data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A means of access.
    Secret,
    /// An e-mail address.
    Email,
    /// A number that reaches a person.
    Phone,
    /// A number with which a person pays.
    Payment,
    /// The legal identity of a person.
    Identity,
    /// The address of a device.
    Ip,
    /// A whole part of a request, with everything in it.
    Dump,
}

use Kind::{Dump, Email, Identity, Ip, Payment, Phone, Secret};

/// Words and phrases that make a name look sensitive. Each also matches its plural; a word of five
/// letters or more also matches when it is written as two words (`pass_word`).
pub(super) const PHRASES: &[(Kind, &str)] = &[
    (Secret, SECRETS),
    (Secret, KEYS),
    (Secret, CODES),
    (Secret, ACCESS),
    (Email, EMAILS),
    (Phone, PHONES),
    (Payment, PAYMENTS),
    (Identity, IDENTITIES),
    (Ip, IPS),
    (Dump, DUMPS),
];

const SECRETS: &str = "\
    assertion authorisation authorization bearer cookie cred credential cryptogram csrf hotp jwt \
                       mnemonic otp passcode passphrase passwd password passwrd pin psk psw pswd \
                       puk pw pwd secret token totp xsrf";

const KEYS: &str = "\
    access_key account_key admin_key aes_key api_key app_key application_key auth_key client_key \
                    consumer_key crypto_key customer_key decrypt_key decryption_key deploy_key \
                    encrypt_key encryption_key hmac_key integration_key key_material licence_key \
                    license_key master_key private_key recovery_key rsa_key server_key \
                    service_key session_key shared_key signature_key signing_key ssh_key ssl_key \
                    subscription_key symmetric_key tls_key tran_key transaction_key wep_key \
                    wpa_key wrapping_key write_key";

const CODES: &str = "\
    2fa_code access_code activation_code auth_code authentication_code authenticator_code \
                     authorization_code backup_code code_verifier confirmation_code device_code \
                     factor_code login_code mfa_code oauth_code oauth_verifier one_time_code \
                     oob_code recovery_code reset_code scratch_code sms_code step_code tfa_code \
                     unlock_code user_code validation_code verification_code verify_code";

const ACCESS: &str = "\
    activation_link admin_pass aiohttp_session auth_cookie auth_data auth_header auth_pass \
     auth_session basic_auth basic_pass ci_session client_pass connect_sid connection_string \
     db_pass ftp_pass http_pass imap_pass laravel_session login_pass login_session magic_link \
     mail_pass mysql_pass pin_block pin_number proxy_auth proxy_pass rack_session redis_pass \
     reset_link reset_url root_pass saml_response secret_answer security_answer seed_phrase \
     sess_id session_guid session_id session_identifier session_uuid shared_access_signature \
     signed_url smtp_pass ssh_pass user_pass user_session wifi_pass";

const EMAILS: &str = "bcc cc_address email mail reply_to_address";

const PHONES: &str = "\
    caller_number calling_number cell_number cellphone contact_no contact_number facsimile fax \
                      from_number landline mobile_no mobile_num mobile_number msisdn phone tel \
                      telephone to_number whatsapp_number";

const PAYMENTS: &str = "\
    account_no account_num account_number acct_no acct_num acct_number bank_account bban card \
                        cc_no cc_num cc_number ccnum ccv clabe csc cvc cvn cvv dpan fpan iban pan \
                        security_code track_data";

const IDENTITIES: &str = "\
    aadhaar bday birth_month birth_year birthdate birthday citizen_id cnpj cpf curp date_birth \
     date_of_birth dob document_number driver_licence driver_license driving_licence \
     driving_license ein fiscal_code government_id government_identifier gst_id gst_number gstin \
     id_number identification_number identity_number itin licence_number license_number \
     medicare_number national_id national_identification national_identifier national_insurance \
     national_number nino nric passport personal_id personal_identifier personal_number pesel \
     social_insurance social_security ssn tax_id tax_identification tax_identifier tax_number \
     tax_payer tax_registration taxpayer_id tin vat_id vat_identifier vat_number voter_id";

const IPS: &str = "\
    client_addr client_address forwarded_for ip ipv peer_addr peer_address protocol_addr \
                   remote_addr remote_address server_addr source_addr source_address";

const DUMPS: &str = "\
    headers http_body http_query post_body post_data query_param query_parameter query_string \
                     raw_body raw_query raw_request raw_response request_body request_payload \
                     request_query response_body response_payload search_param uri_query url_query";

/// Names that look sensitive only as the whole name: as a part of a name they are too common.
pub(super) const WHOLE: &[(Kind, &str)] = &[
    (Secret, "auth pass session sid"),
    (Phone, "mobile"),
    (Payment, "acct"),
    (Ip, "forwarded"),
    (Dump, "body query"),
];

/// Names that look sensitive only in a request: as a query parameter, a header or a cookie.
pub(super) const WHOLE_IN_REQUESTS: &str = "code key";

/// Words that make a name look sensitive only in a request.
pub(super) const IN_REQUESTS: &str = "auth hmac sess sig signature";

/// Endings of words without a separator before the ending: `dbpassword`, `csrfmiddlewaretoken`,
/// `JSESSIONID`.
pub(super) const ENDINGS: &str = "\
    apikey birthdate birthday cookie credential csrf email ipaddr ipaddress jwt passcode \
                                  passphrase passwd password phone pw pwd secret sessid sessionid \
                                  token xsrf";

/// Words with such an ending that are harmless words of their own.
pub(super) const OTHER_WORDS: &str = "\
    earphone gramophone headphone iphone megaphone microphone saxophone smartphone speakerphone \
                                      xylophone";

/// Words behind a suspicious word that qualify it or say how it is written. With any other word
/// behind it (`email_template`, `card_type`, `password_changed_at`) a name is about that other
/// thing.
pub(super) const SAME: &str = "\
    again alternate array base bcc billing binary business buyer canonical cc cell cipher \
     ciphertext code confirm current decrypted dev development e encoded encrypted ext extension \
     fallback formatted from full hash hashed hex home json list live local lower lowercase main \
     mobile national new normalized office old other owner param parameter payer pem personal \
     plain plaintext previous primary private prod production public raw recipient repeat sandbox \
     secondary seller sender shipping staging str string test to v val value work";

/// Words before a suspicious word that ask or command: the name is a flag or a setting
/// (`has_password`, `allowed_headers`).
pub(super) const FLAGS: &str = "\
    allow allowed allows bound can did disable disabled does enable enabled exclude expose exposed \
                                has have include includes is must need needs require required \
                                requires should supports was will without";

/// Words with the meaning of [`FLAGS`], but only as the first word of a name: elsewhere they mean
/// something else.
pub(super) const FIRST_FLAGS: &str = "\
    accept ask assign associate auto block capture change check collect disconnect encrypt enforce \
                                      expire force forgot generate hide ignore keep log manage \
                                      mask no notify override permit prefer preserve prevent \
                                      prompt restrict reveal rotate send show skip suppress trust \
                                      update use validate with";

/// Words before a suspicious word that count it: `max_tokens`, `number_of_cards`.
pub(super) const QUANTITIES: &str =
    "average avg count limit max maximum min minimum num quota total usage";

/// Words before `tokens` that mean the tokens of a language model, which are counted too.
pub(super) const OF_MODELS: &str = "\
    accepted audio billed cache cached candidate candidates completion consumed content context \
                                    document estimated free generated generation image input \
                                    output predicted prediction processed prompt ratelimit \
                                    reasoning rejected remaining sampled text thinking thought \
                                    thoughts tool training used";

/// Words with the meaning of [`SAME`] behind a secret.
pub(super) const SAME_OF_SECRETS: &str = "confirmation content data header hint key text";

/// Words with the meaning of [`SAME`] behind a number.
pub(super) const SAME_OF_NUMBERS: &str = "data no nr num number";

/// Words before `card` that mean a card that does not pay.
pub(super) const OTHER_CARDS: &str = "\
    adaptive boarding business gift graphics hero link network post product punch rate report \
                                      score sim time twitter video";

/// Words that are not part of a phrase but occur in words without separators: `oauthtoken`,
/// `userip`, `newpassword`.
pub(super) const COMPANIONS: &str = "\
    access account addr address admin api auth bank birth bot cf client contact credit csrf \
                                     customer date db debit device dst host id login my oauth of \
                                     peer php refresh remote root server ship source src user web \
                                     your";

/// Parts of words without separators that may have fewer than three letters.
pub(super) const SHORT: &str = "cc cf db id ip my no of pw to";
