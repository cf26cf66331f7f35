/** A `.yaml` file of the project, imported as the data it holds. */
declare module '*.yaml' {
  const data: unknown;
  export default data;
}
