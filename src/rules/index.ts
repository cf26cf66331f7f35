// Written by `npm run new-rule -- --sync` from the files of this folder.
import docsApiDescribed from './docs/api-described.ts';
import docsCommentsLeading from './docs/comments-leading.ts';
import docsContactComplete from './docs/contact-complete.ts';
import docsContactDeclared from './docs/contact-declared.ts';
import docsDescriptionCapitalised from './docs/description-capitalised.ts';
import docsDescriptionMeaningful from './docs/description-meaningful.ts';
import docsDescriptionNotInComment from './docs/description-not-in-comment.ts';
import docsDescriptionStyle from './docs/description-style.ts';
import docsEnumValueDescribed from './docs/enum-value-described.ts';
import docsExampleValid from './docs/example-valid.ts';
import docsExamplesPresent from './docs/examples-present.ts';
import docsFieldDescribed from './docs/field-described.ts';
import docsInputFieldDescribed from './docs/input-field-described.ts';
import docsLicenseDeclared from './docs/license-declared.ts';
import docsLicenseIdentified from './docs/license-identified.ts';
import docsMethodSignatureDeclared from './docs/method-signature-declared.ts';
import docsOperationDescribed from './docs/operation-described.ts';
import docsOperationIdPresent from './docs/operation-id-present.ts';
import docsOperationSummarised from './docs/operation-summarised.ts';
import docsOperationSummaryShort from './docs/operation-summary-short.ts';
import docsOperationTagSingle from './docs/operation-tag-single.ts';
import docsOperationTagged from './docs/operation-tagged.ts';
import docsParameterDescribed from './docs/parameter-described.ts';
import docsProductNamesSpelt from './docs/product-names-spelt.ts';
import docsResponseDescribed from './docs/response-described.ts';
import docsServersDeclared from './docs/servers-declared.ts';
import docsServersStaged from './docs/servers-staged.ts';
import docsTagDescribed from './docs/tag-described.ts';
import docsTagUsed from './docs/tag-used.ts';
import docsTagsDeclared from './docs/tags-declared.ts';
import docsTypeDescribed from './docs/type-described.ts';
import errorsBodyDeclared from './errors/body-declared.ts';
import errorsCodeEnumerated from './errors/code-enumerated.ts';
import errorsMediaType from './errors/media-type.ts';
import errorsNoInternals from './errors/no-internals.ts';
import errorsNotInBand from './errors/not-in-band.ts';
import errorsPayloadHasErrors from './errors/payload-has-errors.ts';
import errorsShapeConsistent from './errors/shape-consistent.ts';
import errorsShapeHasCodeAndMessage from './errors/shape-has-code-and-message.ts';
import errorsValidationDetailsDeclared from './errors/validation-details-declared.ts';
import eventsEnvelopeConsistent from './events/envelope-consistent.ts';
import eventsNamePastTense from './events/name-past-tense.ts';
import eventsStreamKindClear from './events/stream-kind-clear.ts';
import eventsStreamTyped from './events/stream-typed.ts';
import eventsSubscriptionFiltered from './events/subscription-filtered.ts';
import eventsWebhookDeclared from './events/webhook-declared.ts';
import eventsWebhookSigned from './events/webhook-signed.ts';
import evolutionDateValid from './evolution/date-valid.ts';
import evolutionDeprecationDated from './evolution/deprecation-dated.ts';
import evolutionDeprecationExplained from './evolution/deprecation-explained.ts';
import evolutionDeprecationNotOverdue from './evolution/deprecation-not-overdue.ts';
import evolutionEnumNoAlias from './evolution/enum-no-alias.ts';
import evolutionNoRequiredFields from './evolution/no-required-fields.ts';
import evolutionOptionalIsNullable from './evolution/optional-is-nullable.ts';
import evolutionRemovedNumbersReserved from './evolution/removed-numbers-reserved.ts';
import evolutionReplacementExists from './evolution/replacement-exists.ts';
import limitsBatchBounded from './limits/batch-bounded.ts';
import limitsCacheValidators from './limits/cache-validators.ts';
import limitsConditionalWrite from './limits/conditional-write.ts';
import limitsHealthDeclared from './limits/health-declared.ts';
import limitsIdempotencyConflictDeclared from './limits/idempotency-conflict-declared.ts';
import limitsIdempotencyKeyAccepted from './limits/idempotency-key-accepted.ts';
import limitsLoginLimited from './limits/login-limited.ts';
import limitsLongPollBounded from './limits/long-poll-bounded.ts';
import limitsRateLimitHeaders from './limits/rate-limit-headers.ts';
import limitsRequestIdReturned from './limits/request-id-returned.ts';
import limitsRetryAfterDeclared from './limits/retry-after-declared.ts';
import limitsTracingDeclared from './limits/tracing-declared.ts';
import methodsBodyDeclared from './methods/body-declared.ts';
import methodsBodyRequired from './methods/body-required.ts';
import methodsCollectionMethods from './methods/collection-methods.ts';
import methodsGetNoBody from './methods/get-no-body.ts';
import methodsHttpAnnotationDeclared from './methods/http-annotation-declared.ts';
import methodsHttpAnnotationValid from './methods/http-annotation-valid.ts';
import methodsPatchPartial from './methods/patch-partial.ts';
import methodsPutReplaces from './methods/put-replaces.ts';
import methodsRpcUnary from './methods/rpc-unary.ts';
import methodsSafeHasNoEffect from './methods/safe-has-no-effect.ts';
import namingArrayPlural from './naming/array-plural.ts';
import namingBooleanPrefixed from './naming/boolean-prefixed.ts';
import namingEnumValueCase from './naming/enum-value-case.ts';
import namingEnumValuePrefixed from './naming/enum-value-prefixed.ts';
import namingEnumZeroUnspecified from './naming/enum-zero-unspecified.ts';
import namingFieldCase from './naming/field-case.ts';
import namingFieldConsistent from './naming/field-consistent.ts';
import namingFieldNoGeneratedClash from './naming/field-no-generated-clash.ts';
import namingFieldNoTypePrefix from './naming/field-no-type-prefix.ts';
import namingFieldWordsPlain from './naming/field-words-plain.ts';
import namingFileCase from './naming/file-case.ts';
import namingInputSuffix from './naming/input-suffix.ts';
import namingOneofCase from './naming/oneof-case.ts';
import namingOperationIdCase from './naming/operation-id-case.ts';
import namingOperationVerb from './naming/operation-verb.ts';
import namingPackageCase from './naming/package-case.ts';
import namingPackageMatchesDirectory from './naming/package-matches-directory.ts';
import namingParameterCase from './naming/parameter-case.ts';
import namingParameterNotReservedHeader from './naming/parameter-not-reserved-header.ts';
import namingPathCase from './naming/path-case.ts';
import namingPathClean from './naming/path-clean.ts';
import namingPathCollectionPlural from './naming/path-collection-plural.ts';
import namingPathCommonTermsConsistent from './naming/path-common-terms-consistent.ts';
import namingPathDepth from './naming/path-depth.ts';
import namingPathNoTrailingSlash from './naming/path-no-trailing-slash.ts';
import namingPathNoVerb from './naming/path-no-verb.ts';
import namingPathParameterWhole from './naming/path-parameter-whole.ts';
import namingPayloadSuffix from './naming/payload-suffix.ts';
import namingServerHost from './naming/server-host.ts';
import namingServiceSuffix from './naming/service-suffix.ts';
import namingStandardTermsUsed from './naming/standard-terms-used.ts';
import namingTagCase from './naming/tag-case.ts';
import namingTimeFieldSuffix from './naming/time-field-suffix.ts';
import namingTypeCase from './naming/type-case.ts';
import namingTypeNoAffix from './naming/type-no-affix.ts';
import paginationConnectionArgumentsOptional from './pagination/connection-arguments-optional.ts';
import paginationConnectionArgumentsValid from './pagination/connection-arguments-valid.ts';
import paginationConnectionValid from './pagination/connection-valid.ts';
import paginationCursorOpaque from './pagination/cursor-opaque.ts';
import paginationCursorPreferred from './pagination/cursor-preferred.ts';
import paginationEdgeValid from './pagination/edge-valid.ts';
import paginationLimitBounded from './pagination/limit-bounded.ts';
import paginationListNotStreamed from './pagination/list-not-streamed.ts';
import paginationListPaginated from './pagination/list-paginated.ts';
import paginationPageFieldsStandard from './pagination/page-fields-standard.ts';
import paginationPageInfoValid from './pagination/page-info-valid.ts';
import paginationPageMetadataReturned from './pagination/page-metadata-returned.ts';
import paginationResponseEnveloped from './pagination/response-enveloped.ts';
import paginationStyleConsistent from './pagination/style-consistent.ts';
import resourcesActionIsPost from './resources/action-is-post.ts';
import resourcesAsyncJob from './resources/async-job.ts';
import resourcesBatchShape from './resources/batch-shape.ts';
import resourcesCreateShape from './resources/create-shape.ts';
import resourcesCustomMessageShape from './resources/custom-message-shape.ts';
import resourcesCustomShape from './resources/custom-shape.ts';
import resourcesDeclarativeClientsServed from './resources/declarative-clients-served.ts';
import resourcesDeclarativeFieldsPresent from './resources/declarative-fields-present.ts';
import resourcesDeclarativeReconcilingDeclared from './resources/declarative-reconciling-declared.ts';
import resourcesDeleteShape from './resources/delete-shape.ts';
import resourcesExpiryComplete from './resources/expiry-complete.ts';
import resourcesFiltersTyped from './resources/filters-typed.ts';
import resourcesGetProvided from './resources/get-provided.ts';
import resourcesGetShape from './resources/get-shape.ts';
import resourcesIdInPath from './resources/id-in-path.ts';
import resourcesLinksDeclared from './resources/links-declared.ts';
import resourcesListProvided from './resources/list-provided.ts';
import resourcesListShape from './resources/list-shape.ts';
import resourcesNameBoundWhole from './resources/name-bound-whole.ts';
import resourcesPathUnambiguous from './resources/path-unambiguous.ts';
import resourcesPayloadRequired from './resources/payload-required.ts';
import resourcesPluralDeclared from './resources/plural-declared.ts';
import resourcesReferenceAnnotated from './resources/reference-annotated.ts';
import resourcesReferenceResolves from './resources/reference-resolves.ts';
import resourcesReferenceValid from './resources/reference-valid.ts';
import resourcesRelatedByName from './resources/related-by-name.ts';
import resourcesRelatedByObject from './resources/related-by-object.ts';
import resourcesRepresentationConsistent from './resources/representation-consistent.ts';
import resourcesRequestUnique from './resources/request-unique.ts';
import resourcesResourceAnnotated from './resources/resource-annotated.ts';
import resourcesResourceAnnotationValid from './resources/resource-annotation-valid.ts';
import resourcesResourceNameField from './resources/resource-name-field.ts';
import resourcesSingletonMethods from './resources/singleton-methods.ts';
import resourcesSingularDeclared from './resources/singular-declared.ts';
import resourcesUpdateShape from './resources/update-shape.ts';
import resourcesWriteMatchesRead from './resources/write-matches-read.ts';
import type { Rule } from './rule.ts';
import schemasArrayItemsTyped from './schemas/array-items-typed.ts';
import schemasBinaryNotInJson from './schemas/binary-not-in-json.ts';
import schemasBoundsCoherent from './schemas/bounds-coherent.ts';
import schemasCombinatorNeeded from './schemas/combinator-needed.ts';
import schemasCompositionSound from './schemas/composition-sound.ts';
import schemasContentTyped from './schemas/content-typed.ts';
import schemasDefaultValid from './schemas/default-valid.ts';
import schemasDepthBounded from './schemas/depth-bounded.ts';
import schemasEnumValid from './schemas/enum-valid.ts';
import schemasFieldBehaviorDeclared from './schemas/field-behavior-declared.ts';
import schemasFieldBehaviorPlaced from './schemas/field-behavior-placed.ts';
import schemasFormatKnown from './schemas/format-known.ts';
import schemasIdTyped from './schemas/id-typed.ts';
import schemasInputSingleObject from './schemas/input-single-object.ts';
import schemasKeywordFitsType from './schemas/keyword-fits-type.ts';
import schemasMoneyExact from './schemas/money-exact.ts';
import schemasMutationReturnsObject from './schemas/mutation-returns-object.ts';
import schemasMutationReturnsQuery from './schemas/mutation-returns-query.ts';
import schemasNoInlineComplex from './schemas/no-inline-complex.ts';
import schemasNullableIdiomatic from './schemas/nullable-idiomatic.ts';
import schemasParameterSerialised from './schemas/parameter-serialised.ts';
import schemasRequiredExists from './schemas/required-exists.ts';
import schemasResponseTyped from './schemas/response-typed.ts';
import schemasRootFieldNullable from './schemas/root-field-nullable.ts';
import schemasScalarStandard from './schemas/scalar-standard.ts';
import schemasSchemaTyped from './schemas/schema-typed.ts';
import schemasServerFieldsReadOnly from './schemas/server-fields-read-only.ts';
import schemasStandardFieldBehaviorDeclared from './schemas/standard-field-behavior-declared.ts';
import schemasTimeTyped from './schemas/time-typed.ts';
import schemasTypeIdentified from './schemas/type-identified.ts';
import schemasTypeSingle from './schemas/type-single.ts';
import schemasTypesUnique from './schemas/types-unique.ts';
import schemasUploadBounded from './schemas/upload-bounded.ts';
import schemasWellKnownTypes from './schemas/well-known-types.ts';
import securityAdminSeparate from './security/admin-separate.ts';
import securityApiKeyInHeader from './security/api-key-in-header.ts';
import securityArrayBounded from './security/array-bounded.ts';
import securityBearerIsHttp from './security/bearer-is-http.ts';
import securityCookieAttributes from './security/cookie-attributes.ts';
import securityCorsDeclared from './security/cors-declared.ts';
import securityEnvironmentDeclared from './security/environment-declared.ts';
import securityHttpSchemeCurrent from './security/http-scheme-current.ts';
import securityHttpsOnly from './security/https-only.ts';
import securityIdUnguessable from './security/id-unguessable.ts';
import securityIntegerFormat from './security/integer-format.ts';
import securityInternalHeaderRefused from './security/internal-header-refused.ts';
import securityJwtDocumented from './security/jwt-documented.ts';
import securityMarkdownSafe from './security/markdown-safe.ts';
import securityMetricsPrivate from './security/metrics-private.ts';
import securityNoBasicAuth from './security/no-basic-auth.ts';
import securityNoCredentialsInUrl from './security/no-credentials-in-url.ts';
import securityNoSecretInDocument from './security/no-secret-in-document.ts';
import securityNumberBounded from './security/number-bounded.ts';
import securityOauthFlowModern from './security/oauth-flow-modern.ts';
import securityObjectClosed from './security/object-closed.ts';
import securityOperationSecured from './security/operation-secured.ts';
import securityPatternAnchored from './security/pattern-anchored.ts';
import securityResponseHeadersDeclared from './security/response-headers-declared.ts';
import securitySchemeComplete from './security/scheme-complete.ts';
import securitySchemeDeclared from './security/scheme-declared.ts';
import securitySchemeResolves from './security/scheme-resolves.ts';
import securityScopeGrammar from './security/scope-grammar.ts';
import securitySecretWriteOnly from './security/secret-write-only.ts';
import securitySsrfParameter from './security/ssrf-parameter.ts';
import securityStringBounded from './security/string-bounded.ts';
import securityTenantNotInQuery from './security/tenant-not-in-query.ts';
import securityTokenRefreshable from './security/token-refreshable.ts';
import statusCodesAcceptedHasStatus from './status-codes/accepted-has-status.ts';
import statusCodesClientErrorDeclared from './status-codes/client-error-declared.ts';
import statusCodesCodeFitsMethod from './status-codes/code-fits-method.ts';
import statusCodesCodeStandard from './status-codes/code-standard.ts';
import statusCodesConflictDeclared from './status-codes/conflict-declared.ts';
import statusCodesCreatedHasLocation from './status-codes/created-has-location.ts';
import statusCodesCreatedIs201 from './status-codes/created-is-201.ts';
import statusCodesDeletedIs204 from './status-codes/deleted-is-204.ts';
import statusCodesForbiddenDeclared from './status-codes/forbidden-declared.ts';
import statusCodesNoContentIsEmpty from './status-codes/no-content-is-empty.ts';
import statusCodesNotFoundDeclared from './status-codes/not-found-declared.ts';
import statusCodesServerErrorDeclared from './status-codes/server-error-declared.ts';
import statusCodesSuccessDeclared from './status-codes/success-declared.ts';
import statusCodesTooManyRequestsDeclared from './status-codes/too-many-requests-declared.ts';
import statusCodesUnauthorizedDeclared from './status-codes/unauthorized-declared.ts';
import statusCodesValidationErrorDeclared from './status-codes/validation-error-declared.ts';
import structureBodyParameterSingle from './structure/body-parameter-single.ts';
import structureCallbackValid from './structure/callback-valid.ts';
import structureComponentNameValid from './structure/component-name-valid.ts';
import structureDirectoryOfOnePackage from './structure/directory-of-one-package.ts';
import structureDocumentValid from './structure/document-valid.ts';
import structureEncodingSingle from './structure/encoding-single.ts';
import structureExampleValueSingle from './structure/example-value-single.ts';
import structureFederationCurrent from './structure/federation-current.ts';
import structureFileLayout from './structure/file-layout.ts';
import structureImportAcyclic from './structure/import-acyclic.ts';
import structureImportClean from './structure/import-clean.ts';
import structureImportUsed from './structure/import-used.ts';
import structureLanguageOptionsDeclared from './structure/language-options-declared.ts';
import structureLinkResolves from './structure/link-resolves.ts';
import structureNoDuplicateKeys from './structure/no-duplicate-keys.ts';
import structureNoUnknownKeys from './structure/no-unknown-keys.ts';
import structureOperationIdUnique from './structure/operation-id-unique.ts';
import structureOptionsConsistent from './structure/options-consistent.ts';
import structurePackageDeclared from './structure/package-declared.ts';
import structurePackageInOneDirectory from './structure/package-in-one-directory.ts';
import structureParameterTyped from './structure/parameter-typed.ts';
import structureParametersUnique from './structure/parameters-unique.ts';
import structurePathParametersDeclared from './structure/path-parameters-declared.ts';
import structurePathsUnique from './structure/paths-unique.ts';
import structureRefNoSiblings from './structure/ref-no-siblings.ts';
import structureReferenceAllowed from './structure/reference-allowed.ts';
import structureReferenceCyclesFinite from './structure/reference-cycles-finite.ts';
import structureReferenceResolves from './structure/reference-resolves.ts';
import structureRuleCompleted from './structure/rule-completed.ts';
import structureServerVariablesDeclared from './structure/server-variables-declared.ts';
import structureSorted from './structure/sorted.ts';
import structureSuppressionValid from './structure/suppression-valid.ts';
import structureSyntax from './structure/syntax.ts';
import structureSyntaxCurrent from './structure/syntax-current.ts';
import structureSyntaxDeclared from './structure/syntax-declared.ts';
import structureTagParentResolves from './structure/tag-parent-resolves.ts';
import structureTagsUnique from './structure/tags-unique.ts';
import structureTypeFromOwnPackage from './structure/type-from-own-package.ts';
import structureTypeUsed from './structure/type-used.ts';
import versioningHeaderVersionVaries from './versioning/header-version-varies.ts';
import versioningInfoVersionSemver from './versioning/info-version-semver.ts';
import versioningNamesUnversioned from './versioning/names-unversioned.ts';
import versioningQueryVersionAvoided from './versioning/query-version-avoided.ts';
import versioningStableIndependentOfUnstable from './versioning/stable-independent-of-unstable.ts';
import versioningStrategySingle from './versioning/strategy-single.ts';
import versioningVersionDeclared from './versioning/version-declared.ts';
import versioningVersionIsMajor from './versioning/version-is-major.ts';

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
  docsApiDescribed,
  docsCommentsLeading,
  docsContactComplete,
  docsContactDeclared,
  docsDescriptionCapitalised,
  docsDescriptionMeaningful,
  docsDescriptionNotInComment,
  docsDescriptionStyle,
  docsEnumValueDescribed,
  docsExampleValid,
  docsExamplesPresent,
  docsFieldDescribed,
  docsInputFieldDescribed,
  docsLicenseDeclared,
  docsLicenseIdentified,
  docsMethodSignatureDeclared,
  docsOperationDescribed,
  docsOperationIdPresent,
  docsOperationSummarised,
  docsOperationSummaryShort,
  docsOperationTagSingle,
  docsOperationTagged,
  docsParameterDescribed,
  docsProductNamesSpelt,
  docsResponseDescribed,
  docsServersDeclared,
  docsServersStaged,
  docsTagDescribed,
  docsTagUsed,
  docsTagsDeclared,
  docsTypeDescribed,
  errorsBodyDeclared,
  errorsCodeEnumerated,
  errorsMediaType,
  errorsNoInternals,
  errorsNotInBand,
  errorsPayloadHasErrors,
  errorsShapeConsistent,
  errorsShapeHasCodeAndMessage,
  errorsValidationDetailsDeclared,
  eventsEnvelopeConsistent,
  eventsNamePastTense,
  eventsStreamKindClear,
  eventsStreamTyped,
  eventsSubscriptionFiltered,
  eventsWebhookDeclared,
  eventsWebhookSigned,
  evolutionDateValid,
  evolutionDeprecationDated,
  evolutionDeprecationExplained,
  evolutionDeprecationNotOverdue,
  evolutionEnumNoAlias,
  evolutionNoRequiredFields,
  evolutionOptionalIsNullable,
  evolutionRemovedNumbersReserved,
  evolutionReplacementExists,
  limitsBatchBounded,
  limitsCacheValidators,
  limitsConditionalWrite,
  limitsHealthDeclared,
  limitsIdempotencyConflictDeclared,
  limitsIdempotencyKeyAccepted,
  limitsLoginLimited,
  limitsLongPollBounded,
  limitsRateLimitHeaders,
  limitsRequestIdReturned,
  limitsRetryAfterDeclared,
  limitsTracingDeclared,
  methodsBodyDeclared,
  methodsBodyRequired,
  methodsCollectionMethods,
  methodsGetNoBody,
  methodsHttpAnnotationDeclared,
  methodsHttpAnnotationValid,
  methodsPatchPartial,
  methodsPutReplaces,
  methodsRpcUnary,
  methodsSafeHasNoEffect,
  namingArrayPlural,
  namingBooleanPrefixed,
  namingEnumValueCase,
  namingEnumValuePrefixed,
  namingEnumZeroUnspecified,
  namingFieldCase,
  namingFieldConsistent,
  namingFieldNoGeneratedClash,
  namingFieldNoTypePrefix,
  namingFieldWordsPlain,
  namingFileCase,
  namingInputSuffix,
  namingOneofCase,
  namingOperationIdCase,
  namingOperationVerb,
  namingPackageCase,
  namingPackageMatchesDirectory,
  namingParameterCase,
  namingParameterNotReservedHeader,
  namingPathCase,
  namingPathClean,
  namingPathCollectionPlural,
  namingPathCommonTermsConsistent,
  namingPathDepth,
  namingPathNoTrailingSlash,
  namingPathNoVerb,
  namingPathParameterWhole,
  namingPayloadSuffix,
  namingServerHost,
  namingServiceSuffix,
  namingStandardTermsUsed,
  namingTagCase,
  namingTimeFieldSuffix,
  namingTypeCase,
  namingTypeNoAffix,
  paginationConnectionArgumentsOptional,
  paginationConnectionArgumentsValid,
  paginationConnectionValid,
  paginationCursorOpaque,
  paginationCursorPreferred,
  paginationEdgeValid,
  paginationLimitBounded,
  paginationListNotStreamed,
  paginationListPaginated,
  paginationPageFieldsStandard,
  paginationPageInfoValid,
  paginationPageMetadataReturned,
  paginationResponseEnveloped,
  paginationStyleConsistent,
  resourcesActionIsPost,
  resourcesAsyncJob,
  resourcesBatchShape,
  resourcesCreateShape,
  resourcesCustomMessageShape,
  resourcesCustomShape,
  resourcesDeclarativeClientsServed,
  resourcesDeclarativeFieldsPresent,
  resourcesDeclarativeReconcilingDeclared,
  resourcesDeleteShape,
  resourcesExpiryComplete,
  resourcesFiltersTyped,
  resourcesGetProvided,
  resourcesGetShape,
  resourcesIdInPath,
  resourcesLinksDeclared,
  resourcesListProvided,
  resourcesListShape,
  resourcesNameBoundWhole,
  resourcesPathUnambiguous,
  resourcesPayloadRequired,
  resourcesPluralDeclared,
  resourcesReferenceAnnotated,
  resourcesReferenceResolves,
  resourcesReferenceValid,
  resourcesRelatedByName,
  resourcesRelatedByObject,
  resourcesRepresentationConsistent,
  resourcesRequestUnique,
  resourcesResourceAnnotated,
  resourcesResourceAnnotationValid,
  resourcesResourceNameField,
  resourcesSingletonMethods,
  resourcesSingularDeclared,
  resourcesUpdateShape,
  resourcesWriteMatchesRead,
  schemasArrayItemsTyped,
  schemasBinaryNotInJson,
  schemasBoundsCoherent,
  schemasCombinatorNeeded,
  schemasCompositionSound,
  schemasContentTyped,
  schemasDefaultValid,
  schemasDepthBounded,
  schemasEnumValid,
  schemasFieldBehaviorDeclared,
  schemasFieldBehaviorPlaced,
  schemasFormatKnown,
  schemasIdTyped,
  schemasInputSingleObject,
  schemasKeywordFitsType,
  schemasMoneyExact,
  schemasMutationReturnsObject,
  schemasMutationReturnsQuery,
  schemasNoInlineComplex,
  schemasNullableIdiomatic,
  schemasParameterSerialised,
  schemasRequiredExists,
  schemasResponseTyped,
  schemasRootFieldNullable,
  schemasScalarStandard,
  schemasSchemaTyped,
  schemasServerFieldsReadOnly,
  schemasStandardFieldBehaviorDeclared,
  schemasTimeTyped,
  schemasTypeIdentified,
  schemasTypeSingle,
  schemasTypesUnique,
  schemasUploadBounded,
  schemasWellKnownTypes,
  securityAdminSeparate,
  securityApiKeyInHeader,
  securityArrayBounded,
  securityBearerIsHttp,
  securityCookieAttributes,
  securityCorsDeclared,
  securityEnvironmentDeclared,
  securityHttpSchemeCurrent,
  securityHttpsOnly,
  securityIdUnguessable,
  securityIntegerFormat,
  securityInternalHeaderRefused,
  securityJwtDocumented,
  securityMarkdownSafe,
  securityMetricsPrivate,
  securityNoBasicAuth,
  securityNoCredentialsInUrl,
  securityNoSecretInDocument,
  securityNumberBounded,
  securityOauthFlowModern,
  securityObjectClosed,
  securityOperationSecured,
  securityPatternAnchored,
  securityResponseHeadersDeclared,
  securitySchemeComplete,
  securitySchemeDeclared,
  securitySchemeResolves,
  securityScopeGrammar,
  securitySecretWriteOnly,
  securitySsrfParameter,
  securityStringBounded,
  securityTenantNotInQuery,
  securityTokenRefreshable,
  statusCodesAcceptedHasStatus,
  statusCodesClientErrorDeclared,
  statusCodesCodeFitsMethod,
  statusCodesCodeStandard,
  statusCodesConflictDeclared,
  statusCodesCreatedHasLocation,
  statusCodesCreatedIs201,
  statusCodesDeletedIs204,
  statusCodesForbiddenDeclared,
  statusCodesNoContentIsEmpty,
  statusCodesNotFoundDeclared,
  statusCodesServerErrorDeclared,
  statusCodesSuccessDeclared,
  statusCodesTooManyRequestsDeclared,
  statusCodesUnauthorizedDeclared,
  statusCodesValidationErrorDeclared,
  structureBodyParameterSingle,
  structureCallbackValid,
  structureComponentNameValid,
  structureDirectoryOfOnePackage,
  structureDocumentValid,
  structureEncodingSingle,
  structureExampleValueSingle,
  structureFederationCurrent,
  structureFileLayout,
  structureImportAcyclic,
  structureImportClean,
  structureImportUsed,
  structureLanguageOptionsDeclared,
  structureLinkResolves,
  structureNoDuplicateKeys,
  structureNoUnknownKeys,
  structureOperationIdUnique,
  structureOptionsConsistent,
  structurePackageDeclared,
  structurePackageInOneDirectory,
  structureParameterTyped,
  structureParametersUnique,
  structurePathParametersDeclared,
  structurePathsUnique,
  structureRefNoSiblings,
  structureReferenceAllowed,
  structureReferenceCyclesFinite,
  structureReferenceResolves,
  structureRuleCompleted,
  structureServerVariablesDeclared,
  structureSorted,
  structureSuppressionValid,
  structureSyntax,
  structureSyntaxCurrent,
  structureSyntaxDeclared,
  structureTagParentResolves,
  structureTagsUnique,
  structureTypeFromOwnPackage,
  structureTypeUsed,
  versioningHeaderVersionVaries,
  versioningInfoVersionSemver,
  versioningNamesUnversioned,
  versioningQueryVersionAvoided,
  versioningStableIndependentOfUnstable,
  versioningStrategySingle,
  versioningVersionDeclared,
  versioningVersionIsMajor,
];
